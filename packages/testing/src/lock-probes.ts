import { AsyncResource } from 'node:async_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { runAudit } from '@clipmeter/db/audit';
import { lockDue } from '@clipmeter/db/claim-due';
import type { Pool } from '@clipmeter/db/connect';
import { withTransaction } from '@clipmeter/db/transaction';
import { campaignSteps } from '#src/campaign-steps.ts';
import { createWorld, resultsOf, type World, type WorldClip } from '#src/settlement-world.ts';

/** Two ways to one database. */
export interface ProbedDatabase {
  /** The operations go through this one, which may be weakened. */
  readonly pool: Pool;
  /** The probe itself looks through this one, as the owner: others may not see who waits. */
  readonly plain: Pool;
}

/** Looks whether operations lock as they should. */
export interface LockProbe {
  /** A sentence that holds while they do. */
  readonly name: string;
  /**
   * What it noticed; null if all is well.
   *
   * @param options everyRow: an order is tried at every row of a set, and not only at the second
   */
  run(database: ProbedDatabase, options?: { everyRow: boolean }): Promise<string | null>;
}

const LOOK_AGAIN_MS = 2;
const CLIPS = 4;
/** A transaction does not begin inside another: what is run in here begins outside of all. */
const outside = new AsyncResource('lock-probes');

type Running = Promise<unknown>;
const ended = (running: Running) =>
  running.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

/** True when something waits for a lock, false when the operation ended without waiting. */
async function waits(plain: Pool, running: Running): Promise<boolean> {
  let isOver = false;
  void ended(running).then(() => {
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

async function freeRows(plain: Pool, table: string, key: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await plain.query<{ id: string }>(
    `SELECT ${key} AS id FROM ${table} WHERE ${key} = ANY ($1::uuid[]) FOR NO KEY UPDATE SKIP LOCKED`,
    [ids],
  );
  return new Set(rows.map((row) => row.id));
}

interface Scene {
  readonly world: World;
  readonly campaignIds: readonly string[];
  readonly clips: readonly WorldClip[];
}

/** Some clips of several clippers in two campaigns, whose rows lie in the table against the order of their ids. */
async function openScene({ pool, plain }: ProbedDatabase, budget = '1000'): Promise<Scene> {
  const world = createWorld(pool);
  const campaignIds = [
    await world.addCampaign({ budget, rate: '10' }),
    await world.addCampaign({ budget, rate: '10' }),
  ];
  const clips: WorldClip[] = [];
  for (let i = 0; i < CLIPS; i += 1) clips.push(await world.addClip(campaignIds[i % 2] ?? '', 0n));
  for (const { clipId, submissionId } of [...clips].reverse()) {
    await plain.query('UPDATE clips SET version = version + 1 WHERE id = $1', [clipId]);
    await plain.query('UPDATE clip_schedules SET failures = 0 WHERE clip_id = $1', [clipId]);
    await plain.query('UPDATE clip_submissions SET updated_at = now() WHERE id = $1', [submissionId]);
  }
  for (const id of [...campaignIds].reverse())
    await plain.query('UPDATE campaigns SET version = version + 1 WHERE id = $1', [id]);
  await plain.query(
    `DO $$ DECLARE a record; BEGIN FOR a IN SELECT id FROM ledger_accounts ORDER BY id DESC LOOP
       UPDATE ledger_accounts SET version = version + 1 WHERE id = a.id; END LOOP; END $$`,
  );
  return { world, campaignIds, clips };
}

async function accountsOf(plain: Pool, { campaignIds }: Scene): Promise<string[]> {
  const { rows } = await plain.query<{ id: string }>(
    `SELECT id FROM ledger_accounts WHERE campaign_id = ANY ($1::uuid[]) AND kind IN ('budget', 'pending')`,
    [campaignIds],
  );
  return rows.map((row) => row.id);
}

const rowsOf = {
  clips: { key: 'id', ids: async (_: Pool, scene: Scene) => scene.clips.map((clip) => clip.clipId) },
  campaigns: { key: 'id', ids: async (_: Pool, scene: Scene) => [...scene.campaignIds] },
  clip_schedules: { key: 'clip_id', ids: async (_: Pool, scene: Scene) => scene.clips.map((clip) => clip.clipId) },
  clip_submissions: { key: 'id', ids: async (_: Pool, scene: Scene) => scene.clips.map((clip) => clip.submissionId) },
  ledger_accounts: { key: 'id', ids: accountsOf },
} as const;

type LockedTable = keyof typeof rowsOf;
const SETTLED_TABLES = ['clips', 'campaigns', 'clip_schedules', 'clip_submissions'] as const;

const settleAll = async ({ world, clips }: Scene) => {
  const runId = await world.record(clips);
  const endedAt = world.advance(60_000);
  return () => world.settle(runId, resultsOf(clips.map((clip) => [clip, { plays: 2_000n }])), endedAt);
};

/** While a settlement decides, it alone may change what it decides from. */
const holdsItsRows: LockProbe = {
  name: 'a settlement holds every row that it decides from',
  async run(database) {
    const scene = await openScene(database);
    const { world, clips } = scene;
    const runId = await world.record(clips);
    const free: string[] = [];
    const look = async (step: string) => {
      if (step !== 'settle:locked') return;
      for (const table of SETTLED_TABLES) {
        const { key, ids } = rowsOf[table];
        const found = await freeRows(database.plain, table, key, await ids(database.plain, scene));
        if (found.size > 0) free.push(table);
      }
    };
    const results = resultsOf(clips.map((clip) => [clip, { plays: 1_000n }]));
    await world.settle(runId, results, world.advance(1_000), look);
    return free.length > 0 ? `rows of ${free.join(', ')} were free while a settlement decided from them` : null;
  },
};

/** Holds one row after the other: the operation must have what comes before it by id, and nothing that comes after. */
function locksInOrder(
  name: string,
  table: LockedTable,
  prepare: (scene: Scene) => Promise<() => Promise<unknown>>,
  concerned: (scene: Scene, id: string) => boolean = () => true,
): LockProbe {
  const { key, ids: idsOf } = rowsOf[table];
  return {
    name,
    async run(database, options = { everyRow: false }) {
      for (let k = options.everyRow ? 0 : 1; ; k += 1) {
        const scene = await openScene(database);
        const all = (await idsOf(database.plain, scene)).filter((id) => concerned(scene, id)).sort();
        const held = all[k];
        if (held === undefined) return null;
        const operation = await prepare(scene);
        const holder = await database.plain.connect();
        let running: Running = Promise.resolve();
        try {
          await holder.query('BEGIN');
          await holder.query(`SELECT FROM ${table} WHERE ${key} = $1 FOR NO KEY UPDATE`, [held]);
          running = operation();
          if (!(await waits(database.plain, running))) return `it did not wait for a row of ${table}`;
          const others = all.filter((id) => id !== held);
          const free = await freeRows(database.plain, table, key, others);
          const isWrong = others.some((id) => (id < held ? free.has(id) : !free.has(id)));
          if (isWrong) return `rows of ${table} were not locked by id`;
          if (!options.everyRow) return null;
        } finally {
          await holder.query('ROLLBACK');
          holder.release();
          await ended(running);
        }
      }
    },
  };
}

/** One settlement stands between its decision and its writes while another begins; then the books are read. */
function settlesBoth(name: string, budget: string, second: (scene: Scene) => readonly WorldClip[]): LockProbe {
  return {
    name,
    async run(database) {
      const scene = await openScene(database, budget);
      const { world, clips } = scene;
      const firstRun = await world.record(clips);
      const secondRun = await world.record(second(scene));
      const [firstEnd, secondEnd] = [world.advance(1_000), world.advance(1_000)];
      const [decided, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const pause = async (step: string) => {
        if (step !== 'settle:locked') return;
        decided.resolve();
        await go.promise;
      };
      const answers = (views: bigint, of: readonly WorldClip[]) =>
        resultsOf(of.map((clip) => [clip, { plays: views }]));
      const first = world.settle(firstRun, answers(2_000n, clips.slice(0, 2)), firstEnd, pause);
      await Promise.race([decided.promise, first]);
      const next = world.settle(secondRun, answers(3_000n, second(scene)), secondEnd);
      await waits(database.plain, next);
      go.resolve();
      const failures = [await ended(first), await ended(next)].filter((failure) => failure !== null);
      if (failures.length > 0) return `a settlement failed: ${failures[0]}`;
      const { lines } = await runAudit(database.plain);
      const wrong = lines.find((line) => line.differences > 0);
      return wrong ? `the audit: ${wrong.kind}` : null;
    },
  };
}

const claimsOnce: LockProbe = {
  name: 'a due clip is claimed by one of two trackers',
  async run(database) {
    const { world } = await openScene(database);
    world.advance(24 * 3_600_000);
    const claim = (meanwhile: () => Promise<void>) =>
      withTransaction(database.pool, async (tx) => {
        const due = await lockDue(tx, { platform: 'TIKTOK', limit: CLIPS, now: world.now() });
        await meanwhile();
        return due.map(({ clipId }) => clipId);
      });
    let second: string[] = [];
    const first = await claim(async () => {
      second = await outside.runInAsyncScope(() => claim(async () => {}));
    });
    return first.some((id) => second.includes(id)) ? 'two trackers claimed the same clip' : null;
  },
};

const inFirst = ({ clips }: Scene, clipId: string) => clips.some((clip, i) => i % 2 === 0 && clip.clipId === clipId);

async function stepsOf({ world, campaignIds }: Scene) {
  return { steps: campaignSteps(world, await world.addUser('ADMIN')), campaignId: campaignIds[0] ?? '' };
}

/** In the order in which they are cheapest. */
export const LOCK_PROBES: readonly LockProbe[] = [
  holdsItsRows,
  settlesBoth('the same views are paid once by two settlements at once', '1000', ({ clips }) => clips.slice(0, 2)),
  settlesBoth('two settlements at once share one budget', '30', ({ clips }) => clips.slice(2)),
  claimsOnce,
  ...([...SETTLED_TABLES, 'ledger_accounts'] as const).map((table) =>
    locksInOrder(`a settlement locks ${table} by id`, table, settleAll),
  ),
  locksInOrder(
    'a pause locks schedules by id',
    'clip_schedules',
    async (scene) => {
      const { steps, campaignId } = await stepsOf(scene);
      return () => steps.setPaused(campaignId, true);
    },
    inFirst,
  ),
  locksInOrder(
    'an ending locks schedules by id',
    'clip_schedules',
    async (scene) => {
      const { steps, campaignId } = await stepsOf(scene);
      return () => steps.cancel(campaignId);
    },
    inFirst,
  ),
  locksInOrder(
    'a closing round’s begin locks schedules by id',
    'clip_schedules',
    async (scene) => {
      const { steps, campaignId } = await stepsOf(scene);
      return () => steps.beginClosing(campaignId, 'ADMIN');
    },
    inFirst,
  ),
];
