import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from '@clipmeter/db/connect';
import { measureLiveDelays } from '@clipmeter/testing/live-delays';
import type { BenchDatabase } from './bench-postgres.ts';
import { quantile } from './quantile.ts';
import { timedPool } from './timed-pool.ts';

/** A piece of work, its transactions, and how long what happened elsewhere meanwhile took to be heard live. */
export interface BesideLive {
  readonly what: string;
  readonly tookMs: number;
  readonly transactionsMs: readonly number[];
  readonly delaysMs: readonly number[];
}

/**
 * Does one piece of work after another while unrelated events are written and heard; and times the same events alone, for
 * a while before and a while after.
 */
export async function besideLive(
  database: BenchDatabase,
  quietMs: number,
  works: readonly { what: string; work: (pool: Pool) => Promise<unknown> }[],
): Promise<{ quietMs: readonly number[]; done: readonly BesideLive[] }> {
  const live = measureLiveDelays(database.url);
  const timed = timedPool(database.pool);
  const quiet: number[] = [];
  const listen = async () => {
    live.take();
    await sleep(quietMs);
    quiet.push(...live.take());
  };
  const done: BesideLive[] = [];
  await listen();
  for (const { what, work } of works) {
    const beganAt = performance.now();
    await work(timed.pool);
    const tookMs = performance.now() - beganAt;
    done.push({ what, tookMs, transactionsMs: timed.take(), delaysMs: live.take() });
  }
  await listen();
  await live.stop();
  return { quietMs: quiet, done };
}

/** A row for the events alone, and one for each piece of work. */
export function besideLiveRows({ quietMs, done }: { quietMs: readonly number[]; done: readonly BesideLive[] }) {
  const delays = (list: readonly number[]) => ({
    events: list.length,
    'delay p50 ms': round(quantile(list, 0.5)),
    'delay p99 ms': round(quantile(list, 0.99)),
    'delay max ms': round(Math.max(0, ...list)),
  });
  return [
    { what: 'nothing else', seconds: '', transactions: '', 'longest ms': '', ...delays(quietMs) },
    ...done.map((each) => ({
      what: each.what,
      seconds: round(each.tookMs / 1_000),
      transactions: each.transactionsMs.length,
      'longest ms': round(Math.max(0, ...each.transactionsMs)),
      ...delays(each.delaysMs),
    })),
  ];
}

export const round = (value: number): number => Math.round(value * 100) / 100;
