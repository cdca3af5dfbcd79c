import { formatCursor } from '@clipmeter/realtime/cursor';
import { MemoryEventLog } from '@clipmeter/realtime/memory-event-log';
import { expect, test } from 'vitest';
import { GapSource } from '#src/sockets/gap-source.ts';

/** A log whose reads end when the test says so. */
function slowLog() {
  const log = new MemoryEventLog();
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const slow = <Args extends unknown[], T>(name: string, read: (...args: Args) => Promise<T>) => {
    return async (...args: Args): Promise<T> => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      return read(...args);
    };
  };
  const source = Object.assign(new MemoryEventLog(), {
    readAfter: slow('page', log.readAfter.bind(log)),
    head: slow('head', log.head.bind(log)),
  });
  return { log, begun, source, end: () => ends.shift()?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const START = formatCursor({ generation: 1, xid: 0n, id: 0n });

test('of a crowd of subscriptions so many read at once, and the rest in the order in which they came', async () => {
  const { source, begun, end } = slowLog();
  const gap = new GapSource(source, 2);
  const ended: number[] = [];
  const all = Array.from({ length: 5 }, async (_, n) => {
    await gap.readAfter(START, 10);
    ended.push(n);
  });
  await turn();
  expect(begun).toHaveLength(2);
  for (let left = 5; left > 0; left -= 1) {
    end();
    await turn();
    expect(begun).toHaveLength(Math.min(5, 2 + (6 - left)));
  }
  await Promise.all(all);
  expect(ended).toEqual([0, 1, 2, 3, 4]);
});

test('who asks for the head before the read of it has begun shares its answer; who asks later does not', async () => {
  const { source, log, begun, end } = slowLog();
  const gap = new GapSource(source, 1);
  const early = [gap.head(), gap.head(), gap.head()];
  await turn();
  expect(begun).toEqual(['head']);
  const late = gap.head();
  end();
  const [first, ...others] = await Promise.all(early);
  expect(others).toEqual([first, first]);
  log.write('user:u1', 'notification.created', {});
  await turn();
  expect(begun).toEqual(['head', 'head']);
  end();
  expect(await late).not.toBe(first);
});

test('a read that fails gives its turn to the next', async () => {
  const log = new MemoryEventLog();
  log.failure = new Error('the database is away');
  const gap = new GapSource(log, 1);
  const results = await Promise.allSettled([gap.head(), gap.readAfter(START, 1), gap.readAfter(START, 1)]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected']);
  log.failure = null;
  expect(await gap.head()).toBe(await log.head());
});
