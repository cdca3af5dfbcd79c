import { chooseRoundClips } from '@clipmeter/db/choose-round-clips';
import type { Pool } from '@clipmeter/db/connect';
import { finishTrackingRound, forgetRoundClips } from '@clipmeter/db/finish-tracking-round';
import { readOpenRound, requestRound, type TrackingRound } from '@clipmeter/db/tracking-round';
import { loadClips } from './clips/clip-fixture.ts';
import { type BenchDatabase, startBenchPostgres } from './harness/bench-postgres.ts';
import type { Bench } from './harness/benchmark.ts';
import { besideLive, besideLiveRows, round } from './harness/beside-live.ts';

const QUIET_MS = 5_000;
const LIMIT_MS = 3_600_000;
const CLIPS_PER_RUN = 500;

/** A round of every active clip, asked for from outside: what its beginning and its end do to everything else live. */
export const run: Bench = async ({ small, tiny, say }) => {
  const clips = tiny ? 1_000 : small ? 10_000 : 100_000;
  const postgres = await startBenchPostgres();
  try {
    const database = await postgres.createDatabase('tracking_round');
    await loadClips(database, clips);
    say(`${clips} active clips loaded`);
    const { roundId } = await requestRound(database.pool, { everyClip: true, clipsMax: null, now: new Date() });
    const open = async (pool: Pool): Promise<TrackingRound> => {
      const found = await readOpenRound(pool);
      if (!found) throw new Error('no round is open');
      return found;
    };
    const choose = async (pool: Pool) =>
      chooseRoundClips(pool, {
        ...{ round: await open(pool), platforms: ['TIKTOK'] as const, now: new Date(), limitMs: LIMIT_MS },
        signal: new AbortController().signal,
      });
    const begun = await besideLive(database, tiny ? 100 : QUIET_MS, [
      { what: 'a round of all begins', work: choose },
      {
        what: 'a look, and nothing has answered',
        work: async (pool) => finishTrackingRound(pool, await open(pool), new Date()),
      },
    ]);
    say('begun');
    await answer(database, roundId);
    say('answered');
    const ended = await besideLive(database, tiny ? 100 : QUIET_MS, [
      {
        what: 'it ends',
        work: async (pool) => check(clips, await finishTrackingRound(pool, await open(pool), new Date())),
      },
      { what: 'its clips are forgotten', work: forgetAll },
    ]);
    const all = { quietMs: [...begun.quietMs, ...ended.quietMs], done: [...begun.done, ...ended.done] };
    return {
      rows: besideLiveRows(all),
      figures: {
        beginSeconds: round((begun.done[0]?.tookMs ?? 0) / 1_000),
        endSeconds: round((ended.done[0]?.tookMs ?? 0) / 1_000),
        longestTransactionMs: round(Math.max(0, ...all.done.flatMap((each) => each.transactionsMs))),
        delayMaxMs: round(Math.max(0, ...all.done.flatMap((each) => each.delaysMs))),
      },
    };
  } finally {
    await postgres.stop();
  }
};

function check(clips: number, result: Awaited<ReturnType<typeof finishTrackingRound>>): void {
  if (result?.successful !== clips || result.earningsAddedMicros !== 2_000_000n * BigInt(clips))
    throw new Error(
      `the round came to ${JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? `${value}` : value))}`,
    );
}

async function forgetAll(pool: Pool): Promise<void> {
  for (;;) {
    await forgetRoundClips(pool);
    const { rowCount } = await pool.query('SELECT FROM tracking_round_clips LIMIT 1');
    if (rowCount === 0) return;
  }
}

/** What the ticks and settlements of the round would have written, for each clip a read that earned $2. */
async function answer(database: BenchDatabase, roundId: string): Promise<void> {
  await database.load(`
    CREATE TABLE answered AS SELECT clip_id, (row_number() OVER (ORDER BY clip_id) / ${CLIPS_PER_RUN})::integer AS n FROM tracking_round_clips WHERE round_id = '${roundId}';
    CREATE TABLE run_of AS SELECT n, gen_random_uuid() AS run_id, gen_random_uuid() AS settlement_id FROM (SELECT DISTINCT n FROM answered) d;
    INSERT INTO scrape_runs (id, platform, source, status, clip_ids, claimed, ended_at)
      SELECT r.run_id, 'TIKTOK', 'bench', 'SETTLED', array_agg(a.clip_id), count(*), now() FROM run_of r JOIN answered a USING (n) GROUP BY r.run_id;
    UPDATE tracking_round_clips t SET run_id = r.run_id FROM answered a JOIN run_of r USING (n) WHERE t.clip_id = a.clip_id;
    INSERT INTO view_tracking (clip_id, run_id, date, platform, metric, views, settlement_id)
      SELECT a.clip_id, r.run_id, now(), 'TIKTOK', 'plays', 2000, r.settlement_id FROM answered a JOIN run_of r USING (n);
    INSERT INTO ledger_entries (cause_kind, cause_id, movement, from_account, to_account, amount, clip_id, settlement_id, event_at)
      SELECT 'snapshot', gen_random_uuid(), 'accrue', gen_random_uuid(), gen_random_uuid(), 2, a.clip_id, r.settlement_id, now() FROM answered a JOIN run_of r USING (n);
    VACUUM ANALYZE;
    CHECKPOINT`);
}
