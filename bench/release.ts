import { setTimeout as sleep } from 'node:timers/promises';
import { type ReleaseChunk, releaseCampaign } from '@clipmeter/db/release-campaign';
import { measureLiveDelays } from '@clipmeter/testing/live-delays';
import { CAMPAIGN_ID, EARNED, loadCancelled } from './clips/release-fixture.ts';
import { type BenchDatabase, startBenchPostgres } from './harness/bench-postgres.ts';
import type { Bench } from './harness/benchmark.ts';
import { quantile } from './harness/quantile.ts';

/** How long unrelated events are timed without a release, once before it and once after. */
const QUIET_MS = 10_000;

/** A large campaign's release: its transactions, and what they do to everything else that happens live. */
export const run: Bench = async ({ small, say }) => {
  const clips = small ? 5_000 : 100_000;
  const clippers = clips / 10;
  const postgres = await startBenchPostgres();
  try {
    const database = await postgres.createDatabase('release');
    await loadCancelled(database, clips, clippers);
    say(`a cancelled campaign of ${clips} clips of ${clippers} clippers loaded, and a running one`);
    const live = measureLiveDelays(database.url);
    const delaysOf = async <T>(work: () => Promise<T>): Promise<{ result: T; delaysMs: readonly number[] }> => {
      live.take();
      const result = await work();
      return { result, delaysMs: live.take() };
    };
    const quietMs = small ? QUIET_MS / 5 : QUIET_MS;
    const before = await delaysOf(() => sleep(quietMs));
    const released = await delaysOf(() => release(database));
    const after = await delaysOf(() => sleep(quietMs));
    await live.stop();
    await check(database, clips, clippers);
    return report(clips, released, [...before.delaysMs, ...after.delaysMs]);
  } finally {
    await postgres.stop();
  }
};

async function release({ pool }: BenchDatabase): Promise<{ tookMs: number; chunks: readonly ReleaseChunk[] }> {
  const beganAt = performance.now();
  const chunks: ReleaseChunk[] = [];
  for await (const chunk of releaseCampaign(pool, { campaignId: CAMPAIGN_ID, now: () => new Date() }))
    chunks.push(chunk);
  return { tookMs: performance.now() - beganAt, chunks };
}

/** Everybody has all of it, and was told once. */
async function check({ pool }: BenchDatabase, clips: number, clippers: number): Promise<void> {
  const { rows } = await pool.query<Record<string, number>>(
    `SELECT (SELECT sum(final_earnings)::integer FROM clip_submissions) AS final,
       (SELECT sum(balance)::integer FROM ledger_accounts WHERE kind = 'available') AS available,
       (SELECT sum(balance)::integer FROM ledger_accounts WHERE kind = 'pending' AND campaign_id = $1) AS pending,
       (SELECT count(*)::integer FROM notifications) AS notices,
       (SELECT count(*)::integer FROM clip_schedules) AS schedules`,
    [CAMPAIGN_ID],
  );
  const expected = {
    final: clips * EARNED,
    available: clips * EARNED,
    pending: 0,
    notices: clippers,
    schedules: clips,
  };
  const [found, wanted] = [JSON.stringify(rows[0]), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`the release left ${found}, not ${wanted}`);
}

function report(
  clips: number,
  { result, delaysMs }: { result: { tookMs: number; chunks: readonly ReleaseChunk[] }; delaysMs: readonly number[] },
  quietMs: readonly number[],
) {
  const chunksMs = result.chunks.map((chunk) => chunk.tookMs);
  const closing = result.chunks.filter((chunk) => chunk.clips > 0);
  // The first tenth of the chunks beside the last: what is done already must cost nothing.
  const tenth = Math.ceil(closing.length / 10);
  const perClip = (part: readonly ReleaseChunk[]) =>
    part.reduce((sum, chunk) => sum + chunk.tookMs, 0) / part.reduce((sum, chunk) => sum + chunk.clips, 0);
  const row = (what: string, list: readonly number[]) => ({
    what,
    number: list.length,
    'p50 ms': round(quantile(list, 0.5)),
    'p99 ms': round(quantile(list, 0.99)),
    'max ms': round(Math.max(...list)),
  });
  return {
    rows: [
      row('chunks of the release', chunksMs),
      row('unrelated events, without it', quietMs),
      row('unrelated events, beside it', delaysMs),
    ],
    figures: {
      releaseSeconds: round(result.tookMs / 1_000),
      clipsPerSecond: Math.round(clips / (result.tookMs / 1_000)),
      longestChunkMs: round(Math.max(...chunksMs)),
      costPerClipLastVsFirst: round(perClip(closing.slice(-tenth)) / perClip(closing.slice(0, tenth))),
      delayP50Ratio: round(quantile(delaysMs, 0.5) / quantile(quietMs, 0.5)),
      delayP99Ms: round(quantile(delaysMs, 0.99)),
      delayMaxMs: round(Math.max(...delaysMs)),
    },
  };
}

const round = (value: number) => Math.round(value * 100) / 100;
