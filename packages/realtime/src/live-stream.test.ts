import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Cursor } from '#src/cursor.ts';
import { Follower } from '#src/follower.ts';
import { Hub } from '#src/hub.ts';
import type { LiveItem } from '#src/live-feed.ts';
import { liveStream } from '#src/live-stream.ts';
import { MemoryClock } from '#src/memory-clock.ts';
import { MemoryEventLog } from '#src/memory-event-log.ts';

const TOPICS = ['user:u1'];
const LIMITS = { conflateAbove: 4, eventsMax: 8, charactersMax: 10_000 };

function live({ log = new MemoryEventLog(), limits = LIMITS } = {}) {
  const hub = new Hub(limits);
  const follower = new Follower({ source: log, hub, clock: new MemoryClock(), onError: () => undefined });
  const running = follower.run();
  const notice = (n: number) => log.write('user:u1', 'notification.created', { id: n });
  const connect = (after: Cursor | null) => {
    const cut = new AbortController();
    const stream = liveStream({ source: log, hub, topics: TOPICS, after, signal: cut.signal, pageMax: 3 });
    return { stream, cut };
  };
  const stop = async () => {
    follower.stop();
    await running;
  };
  return { log, hub, notice, connect, stop };
}

const idOf = (item: LiveItem) => (item.kind === 'event' ? (item.event.payload as { id: number }).id : 'reset');

async function take(stream: AsyncGenerator<LiveItem, void>, count: number): Promise<LiveItem[]> {
  const items: LiveItem[] = [];
  while (items.length < count) {
    const { value, done } = await stream.next();
    if (done || value === undefined) break;
    items.push(value);
  }
  return items;
}

describe('a live stream', () => {
  it('gives what was written before it listened and after, in order and once', async () => {
    const { log, notice, connect, stop } = live();
    const start = await log.head();
    for (let n = 1; n <= 5; n += 1) notice(n);
    const { stream, cut } = connect(start);
    const first = await take(stream, 2);
    for (let n = 6; n <= 8; n += 1) notice(n);
    const rest = await take(stream, 6);
    expect([...first, ...rest].map(idOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    cut.abort();
    await stop();
  });

  it('misses nothing and repeats nothing however often it is cut and reconnected', async () => {
    const steps = fc.array(fc.record({ written: fc.nat(6), taken: fc.nat(6), settle: fc.boolean() }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const { log, notice, connect, stop } = live();
        let after = await log.head();
        const seen: unknown[] = [];
        let written = 0;
        for (const { written: count, taken, settle } of plan) {
          const { stream, cut } = connect(after);
          // A stream listens once it is asked for its first item: some of these are the gap, some are live.
          const first = written + count > seen.length && taken > 0 ? stream.next() : null;
          for (let n = 0; n < count; n += 1) notice(++written);
          if (settle) await Promise.resolve();
          const items: LiveItem[] = [];
          const initial = await first;
          if (initial?.value) items.push(initial.value);
          items.push(...(await take(stream, Math.max(0, Math.min(taken, written - seen.length) - items.length))));
          for (const item of items) {
            seen.push(idOf(item));
            after = item.cursor;
          }
          cut.abort();
          await stream.return();
        }
        const { stream, cut } = connect(after);
        for (const item of await take(stream, written - seen.length)) seen.push(idOf(item));
        expect(seen).toEqual(Array.from({ length: written }, (_, i) => i + 1));
        cut.abort();
        await stop();
      }),
      { numRuns: 60 },
    );
  });

  it('begins with a reset when the reader has no cursor, or one that the log no longer holds', async () => {
    const log = new MemoryEventLog();
    const old = await log.head();
    log.write('user:u1', 'notification.created', { id: 1 });
    log.forget();
    const { notice, connect, stop } = live({ log });
    for (const after of [null, old]) {
      const { stream, cut } = connect(after);
      expect((await take(stream, 1)).map(idOf)).toEqual(['reset']);
      notice(2);
      expect((await take(stream, 1)).map(idOf)).toEqual([2]);
      cut.abort();
    }
    await stop();
  });

  it('gives a reader who fell too far behind a reset, then what comes after it', async () => {
    const { log, hub, notice, connect, stop } = live();
    const { stream, cut } = connect(await log.head());
    const pending = take(stream, 1);
    await vi.waitFor(() => expect(hub.subscribers).toBe(1));
    notice(1);
    await pending;
    for (let n = 2; n <= 40; n += 1) notice(n);
    const [reset] = await vi.waitFor(async () => {
      const items = await take(stream, 1);
      expect(items.map(idOf)).toEqual(['reset']);
      return items;
    });
    const last = notice(41);
    const [next] = await take(stream, 1);
    expect(reset?.kind).toBe('reset');
    expect(next).toMatchObject({ kind: 'event', cursor: last });
    cut.abort();
    await stop();
  });

  it('gives a reader who missed thousands a reset instead of the rest', async () => {
    const { log, notice, connect, stop } = live();
    const start = await log.head();
    for (let n = 1; n <= 3_000; n += 1) notice(n);
    const { stream, cut } = connect(start);
    const items: LiveItem[] = [];
    while (items.at(-1)?.kind !== 'reset') items.push(...(await take(stream, 1)));
    // Two thousand, and the page that ends it.
    expect(items.length).toBeLessThan(2_010);
    notice(3_001);
    expect((await take(stream, 1)).map(idOf)).toEqual([3_001]);
    cut.abort();
    await stop();
  });

  it('leaves no subscriber behind when it is cut', async () => {
    const { log, hub, connect, stop } = live();
    const { stream, cut } = connect(await log.head());
    const waiting = stream.next();
    await vi.waitFor(() => expect(hub.subscribers).toBe(1));
    cut.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(hub.subscribers).toBe(0);
    await stop();
  });
});
