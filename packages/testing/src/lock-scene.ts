import { setTimeout as after } from 'node:timers/promises';
import type { Pool } from '@clipmeter/db/connect';
import { campaignSteps } from '#src/campaign-steps.ts';
import { createWorld, type World, type WorldClip } from '#src/settlement-world.ts';

/** Two ways to one database. */
export interface ProbedDatabase {
  /** The operations go through this one, which may be weakened. */
  readonly pool: Pool;
  /** The probe itself looks through this one, as the owner: others may not see who waits. */
  readonly plain: Pool;
}

/** Some clips of several clippers in two campaigns, whose rows lie in the table against the order of their ids. */
export interface Scene {
  readonly world: World;
  readonly steps: ReturnType<typeof campaignSteps>;
  readonly campaignIds: readonly [string, string];
  /** The first campaign has every other one. */
  readonly clips: readonly WorldClip[];
}

const LOOK_AGAIN_MS = 2;
const CLIPS = 4;

export async function openScene({ pool, plain }: ProbedDatabase, budget = '1000'): Promise<Scene> {
  const world = createWorld(pool);
  const campaignIds = [
    await world.addCampaign({ budget, rate: '10' }),
    await world.addCampaign({ budget, rate: '10' }),
  ] as const;
  const clips: WorldClip[] = [];
  for (let i = 0; i < CLIPS; i += 1) clips.push(await world.addClip(campaignIds[i % 2] ?? '', 0n));
  await turnAround(plain);
  return { world, steps: campaignSteps(world, await world.addUser('ADMIN')), campaignIds, clips };
}

/** The clips of the scene's first campaign. */
export const inFirst = ({ clips }: Scene): readonly WorldClip[] => clips.filter((_, i) => i % 2 === 0);

/** Writes every row anew in the reverse order of ids: read from end to end, the tables come the wrong way round. */
export async function turnAround(plain: Pool): Promise<void> {
  await plain.query(
    `DO $$ DECLARE r record; BEGIN
       FOR r IN SELECT id FROM clips ORDER BY id DESC LOOP
         UPDATE clips SET version = version + 1 WHERE id = r.id;
         UPDATE clip_schedules SET failures = 0 WHERE clip_id = r.id;
       END LOOP;
       FOR r IN SELECT id FROM clip_submissions ORDER BY id DESC LOOP
         UPDATE clip_submissions SET updated_at = now() WHERE id = r.id;
       END LOOP;
       FOR r IN SELECT id FROM campaigns ORDER BY id DESC LOOP
         UPDATE campaigns SET version = version + 1 WHERE id = r.id;
       END LOOP;
       FOR r IN SELECT id FROM ledger_accounts ORDER BY id DESC LOOP
         UPDATE ledger_accounts SET version = version + 1 WHERE id = r.id;
       END LOOP;
     END $$`,
  );
}

/** How it failed; null if it did not. */
export const failureOf = (running: Promise<unknown>): Promise<string | null> =>
  running.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

/** True when something waits for a lock, false when the operation ended without waiting. */
export async function waits(plain: Pool, running: Promise<unknown>): Promise<boolean> {
  let isOver = false;
  void failureOf(running).then(() => {
    isOver = true;
  });
  for (;;) {
    if (isOver) return false;
    const { rows } = await plain.query<{ waiting: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waiting`,
    );
    if (rows[0]?.waiting) return true;
    await after(LOOK_AGAIN_MS);
  }
}

/** Rows of a table, by the key that locks are ordered by. */
export interface Rows {
  readonly table: string;
  readonly key: 'id' | 'clip_id';
  readonly ids: readonly string[];
}

/** Those of the rows that nobody has locked. */
export async function freeRows(plain: Pool, { table, key, ids }: Rows): Promise<Set<string>> {
  const { rows } = await plain.query<{ id: string }>(
    `SELECT ${key} AS id FROM ${table} WHERE ${key} = ANY ($1::uuid[]) FOR NO KEY UPDATE SKIP LOCKED`,
    [ids],
  );
  return new Set(rows.map((row) => row.id));
}

/** Runs `work` while somebody else has locked a row, and perhaps changed it, and lets it go before `work` has ended. */
export async function whileHeld<T>(
  plain: Pool,
  { table, key, id }: { table: string; key: string; id: string },
  work: (holder: { query(text: string, values?: unknown[]): Promise<unknown> }) => Promise<T>,
): Promise<T> {
  const holder = await plain.connect();
  try {
    await holder.query('BEGIN');
    await holder.query(`SELECT FROM ${table} WHERE ${key} = $1 FOR NO KEY UPDATE`, [id]);
    return await work(holder);
  } finally {
    await holder.query('COMMIT');
    holder.release();
  }
}

export const clipRows = (clips: readonly WorldClip[]): Rows => ({
  table: 'clips',
  key: 'id',
  ids: clips.map((clip) => clip.clipId),
});
export const scheduleRows = (clips: readonly WorldClip[]): Rows => ({
  table: 'clip_schedules',
  key: 'clip_id',
  ids: clips.map((clip) => clip.clipId),
});
export const submissionRows = (clips: readonly WorldClip[]): Rows => ({
  table: 'clip_submissions',
  key: 'id',
  ids: clips.map((clip) => clip.submissionId),
});
export const campaignRows = (ids: readonly string[]): Rows => ({ table: 'campaigns', key: 'id', ids });

export async function accountRows(plain: Pool, campaignIds: readonly string[]): Promise<Rows> {
  const { rows } = await plain.query<{ id: string }>(
    `SELECT id FROM ledger_accounts WHERE campaign_id = ANY ($1::uuid[]) AND kind IN ('budget', 'pending')`,
    [campaignIds],
  );
  return { table: 'ledger_accounts', key: 'id', ids: rows.map((row) => row.id) };
}
