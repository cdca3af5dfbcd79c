import { describe, expect, it, vi } from 'vitest';
import type { LogEvent } from '#src/event-source.ts';
import { Follower } from '#src/follower.ts';
import { MemoryClock } from '#src/memory-clock.ts';
import { MemoryEventLog } from '#src/memory-event-log.ts';

function following(log: MemoryEventLog, { pageMax = 100 } = {}) {
  const clock = new MemoryClock();
  const published: unknown[] = [];
  const errors: unknown[] = [];
  const resets: string[] = [];
  const hub = {
    publish: (events: readonly LogEvent[]) => void published.push(...events.map((event) => event.payload)),
    reset: (cursor: string) => void resets.push(cursor),
  };
  const follower = new Follower({ source: log, hub, clock, pageMax, onError: (error) => errors.push(error) });
  const running = follower.run();
  return { clock, follower, published, errors, resets, running };
}

describe('a follower', () => {
  it('publishes what is written after its start, once and in order, over several pages', async () => {
    const log = new MemoryEventLog();
    log.write('admin', 'old', 0);
    const { follower, published, running } = following(log, { pageMax: 2 });
    await vi.waitFor(() => expect(follower.lag().lagMs).toBe(0));
    for (let i = 1; i <= 5; i += 1) log.write('admin', 'new', i);
    await vi.waitFor(() => expect(published).toEqual([1, 2, 3, 4, 5]));
    follower.stop();
    await running;
  });

  it('finds by polling what no nudge told it', async () => {
    const log = new MemoryEventLog();
    log.nudging = false;
    const { clock, follower, published, running } = following(log);
    await vi.waitFor(() => {
      log.write('admin', 'new', 'x');
      clock.advance(250);
      expect(published.length).toBeGreaterThan(0);
    });
    follower.stop();
    await running;
  });

  it('goes on where it was when the database comes back, and says how late it is meanwhile', async () => {
    const log = new MemoryEventLog();
    const { clock, follower, published, errors, running } = following(log);
    await vi.waitFor(() => expect(log.reads).toBeGreaterThan(0));
    log.failure = new Error('terminating connection');
    log.write('admin', 'new', 'while it was away');
    await vi.waitFor(() => expect(errors).toHaveLength(1));
    clock.advance(999);
    expect(follower.lag().lagMs).toBe(999);
    log.failure = null;
    clock.advance(1);
    await vi.waitFor(() => expect(published).toEqual(['while it was away']));
    follower.stop();
    await running;
  });

  it('sends everyone for a snapshot when the log no longer holds its place', async () => {
    const log = new MemoryEventLog();
    log.nudging = false;
    const { clock, follower, resets, running } = following(log);
    await vi.waitFor(() => expect(follower.lag().lagMs).toBe(0));
    log.write('admin', 'new', 1);
    log.forget();
    await vi.waitFor(() => {
      clock.advance(250);
      expect(resets).toHaveLength(1);
    });
    follower.stop();
    await running;
  });
});
