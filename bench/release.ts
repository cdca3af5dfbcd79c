import { DEFAULT_SETTLE_LIMITS } from '@clipmeter/core/settlement';
import type { Pool } from '@clipmeter/db/connect';
import { finishClosingRound } from '@clipmeter/db/finish-closing-round';
import { type ReleaseChunk, releaseCampaign } from '@clipmeter/db/release-campaign';
import { CANCELLED_ID, CLOSING_ID, EARNED, loadEnding, ROUND_ID, SHARE } from './clips/release-fixture.ts';
import { type BenchDatabase, startBenchPostgres } from './harness/bench-postgres.ts';
import type { Bench } from './harness/benchmark.ts';
import { type BesideLive, besideLive, besideLiveRows, round } from './harness/beside-live.ts';
import { quantile } from './harness/quantile.ts';

/** How long unrelated events are timed alone, once before and once after. */
const QUIET_MS = 10_000;

const CONFIG = {
  limits: DEFAULT_SETTLE_LIMITS,
  interval: { minIntervalMs: 300_000, maxIntervalMs: 4 * 3_600_000, readCostUsd: 0.0037 },
  goneAfterMs: 2 * 3_600_000,
};

/** A large campaign's end, its closing round and its release, and what they do to everything else that happens live. */
export const run: Bench = async ({ small, tiny, say }) => {
  const clips = tiny ? 600 : small ? 5_000 : 100_000;
  const clippers = clips / 10;
  const postgres = await startBenchPostgres();
  try {
    const database = await postgres.createDatabase('release');
    await loadEnding(database, clips, clippers);
    say(`two campaigns of ${clips} clips of ${clippers} clippers loaded: one closes, one was cancelled`);
    const chunks: ReleaseChunk[] = [];
    const measured = await besideLive(database, tiny ? QUIET_MS / 50 : small ? QUIET_MS / 5 : QUIET_MS, [
      { what: 'closing round', work: settle },
      { what: 'release', work: async (pool) => chunks.push(...(await release(pool))) },
    ]);
    await check(database, clips, clippers);
    const [closing, released] = measured.done;
    if (!closing || !released) throw new Error('nothing was measured');
    return {
      rows: besideLiveRows(measured),
      figures: {
        ...figuresOf('closing', closing, measured.quietMs),
        ...figuresOf('release', released, measured.quietMs),
        releaseCostLastVsFirst: costLastVsFirst(chunks.filter((chunk) => chunk.clips > 0)),
      },
    };
  } finally {
    await postgres.stop();
  }
};

const settle = (pool: Pool) => finishClosingRound(pool, { roundId: ROUND_ID, now: new Date() }, CONFIG);

async function release(pool: Pool): Promise<ReleaseChunk[]> {
  const chunks: ReleaseChunk[] = [];
  const cancelled = { campaignId: CANCELLED_ID, now: () => new Date() };
  for await (const chunk of releaseCampaign(pool, cancelled)) chunks.push(chunk);
  return chunks;
}

/** Everybody has all of it, and was told once. */
async function check({ pool }: BenchDatabase, clips: number, clippers: number): Promise<void> {
  const { rows } = await pool.query<Record<string, number | string>>(
    `SELECT (SELECT sum(final_earnings)::integer FROM clip_submissions) AS final,
       (SELECT sum(balance)::integer FROM ledger_accounts WHERE kind = 'available') AS available,
       (SELECT sum(balance)::integer FROM ledger_accounts WHERE kind = 'pending' AND campaign_id = $1) AS pending,
       (SELECT count(*)::integer FROM notifications) AS notices,
       (SELECT count(*)::integer FROM clip_schedules) AS schedules,
       (SELECT sum(balance)::integer FROM ledger_accounts WHERE kind = 'pending' AND campaign_id = $2) AS earned,
       (SELECT status || ' ' || (budget - spent)::integer FROM campaigns WHERE id = $2) AS closed`,
    [CANCELLED_ID, CLOSING_ID],
  );
  const expected = {
    ...{ final: clips * EARNED, available: clips * EARNED, pending: 0, notices: clippers, schedules: 0 },
    ...{ earned: clips * (EARNED + SHARE), closed: 'COMPLETED 0' },
  };
  const [found, wanted] = [JSON.stringify(rows[0]), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`the ends left ${found}, not ${wanted}`);
}

function figuresOf(name: string, { tookMs, transactionsMs, delaysMs }: BesideLive, quietMs: readonly number[]) {
  return {
    [`${name}Seconds`]: round(tookMs / 1_000),
    [`${name}LongestMs`]: round(Math.max(0, ...transactionsMs)),
    [`${name}DelayP50Ratio`]: round(quantile(delaysMs, 0.5) / quantile(quietMs, 0.5)),
    [`${name}DelayP99Ms`]: round(quantile(delaysMs, 0.99)),
    [`${name}DelayMaxMs`]: round(Math.max(0, ...delaysMs)),
  };
}

/** A clip's cost in the last tenth of the chunks beside the first: what is done already must cost nothing. */
function costLastVsFirst(chunks: readonly ReleaseChunk[]): number {
  const tenth = Math.ceil(chunks.length / 10);
  const perClip = (part: readonly ReleaseChunk[]) =>
    part.reduce((sum, chunk) => sum + chunk.tookMs, 0) / part.reduce((sum, chunk) => sum + chunk.clips, 0);
  return round(perClip(chunks.slice(-tenth)) / perClip(chunks.slice(0, tenth)));
}
