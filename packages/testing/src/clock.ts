/** A clock that stands still until it is told otherwise, with timers that fire when it is moved past them. */
export interface TestClock {
  now(): Date;
  /** Resolves when the clock has been moved `ms` ahead, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back every `ms` of this clock's time until stopped. */
  every(ms: number, callback: () => void): () => void;
  /** Moves the clock and fires what falls due, in order, letting what was woken run in between. */
  advance(ms: number): Promise<void>;
}

interface Timer {
  dueMs: number;
  fire: () => void;
}

export function createTestClock(start = new Date('2026-11-22T12:00:00.000Z')): TestClock {
  let nowMs = start.getTime();
  const timers = new Set<Timer>();

  const at = (dueMs: number, fire: () => void): Timer => {
    const timer = { dueMs, fire };
    timers.add(timer);
    return timer;
  };

  return {
    now: () => new Date(nowMs),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = at(nowMs + ms, resolve);
        signal?.addEventListener('abort', () => timers.delete(timer) && resolve(), { once: true });
      }),
    every(ms, callback) {
      let timer: Timer;
      const arm = () => {
        timer = at(nowMs + ms, () => {
          arm();
          callback();
        });
      };
      arm();
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const due = [...timers].filter((timer) => timer.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (!due) break;
        timers.delete(due);
        nowMs = Math.max(nowMs, due.dueMs);
        due.fire();
        await settle();
      }
      nowMs = endMs;
      await settle();
    },
  };
}

/** Lets promises that were just resolved, and what they await, run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
