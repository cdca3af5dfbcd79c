import { campaignSteps } from '@clipmeter/testing/campaign-steps';
import { createWorld, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import type { Pool, PoolClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimDue } from '#src/claim-due.ts';
import { releaseRun } from '#src/scrape-run.ts';
import { withTransaction } from '#src/transaction.ts';

/** The tables that grow with the product; reading one from end to end in a settlement is a fault. */
const GROWING = [
  'clips',
  'clip_schedules',
  'clip_submissions',
  'ledger_accounts',
  'ledger_entries',
  'held_observations',
];
const ROWS = 30_000;

let database: TestDatabase;
let world: World;
let campaignId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = createWorld(database.pool);
  campaignId = await world.addCampaign({ budget: '1000000', rate: '10' });
  const crowd = await world.addCampaign({ budget: '1000000', rate: '10' });
  const user = await world.addUser();
  await database.ownerPool.query(`
    SET session_replication_role = replica;
    INSERT INTO clips (id, platform, external_id, url) SELECT gen_random_uuid(), 'TIKTOK', 'crowd' || n, '' FROM generate_series(1, ${ROWS}) n;
    INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id, status, approved_at, metric, initial_views, payout_rate, min_views)
      SELECT gen_random_uuid(), '${crowd}', id, '${user}', 'APPROVED', now(), 'plays', 0, 10, 0 FROM clips;
    INSERT INTO clip_schedules (clip_id, platform, next_due_at)
      SELECT id, 'TIKTOK', '2026-11-22'::timestamptz + random() * interval '3 days' FROM clips;
    INSERT INTO ledger_accounts (id, kind, campaign_id, user_id)
      SELECT gen_random_uuid(), 'pending', '${crowd}', gen_random_uuid() FROM generate_series(1, ${ROWS});
    INSERT INTO ledger_entries (cause_kind, cause_id, movement, from_account, to_account, amount, clip_id, event_at)
      SELECT 'snapshot', gen_random_uuid(), 'accrue', gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), now() FROM generate_series(1, ${ROWS});
    INSERT INTO held_observations (round_id, clip_id, run_id, date, outcome)
      SELECT gen_random_uuid(), id, gen_random_uuid(), now(), 'found' FROM clips;
    SET session_replication_role = DEFAULT;
    ANALYZE`);
}, 120_000);
afterAll(() => database.drop());

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** Everything that the transactions of a pool send while `work` runs. */
async function statementsOf(pool: Pool, work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const undo: (() => unknown)[] = [];
  const note = (client: PoolClient) => {
    const query = client.query.bind(client);
    undo.push(() => Object.assign(client, { query }));
    Object.assign(client, {
      query: (...args: Parameters<typeof query>) => {
        const [text, values] = args as unknown[];
        if (typeof text === 'string') statements.push({ text, values: Array.isArray(values) ? values : [] });
        return query(...args);
      },
    });
  };
  pool.on('acquire', note);
  try {
    await work();
  } finally {
    pool.off('acquire', note);
    for (const each of undo.toReversed()) each();
  }
  return statements;
}

/** The growing tables that a statement reads from end to end. */
async function scannedBy(statement: Statement): Promise<string[]> {
  if (!/^\s*(SELECT|WITH|UPDATE|DELETE|INSERT)/.test(statement.text)) return [];
  const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${statement.text}`, statement.values);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  return GROWING.filter((table) => new RegExp(`Seq Scan on ${table}\\b`).test(plan)).map(
    (table) => `${table}:\n${plan}`,
  );
}

async function settling(clips: number): Promise<Statement[]> {
  const batch: WorldClip[] = [];
  for (let i = 0; i < clips; i += 1) batch.push(await world.addClip(campaignId, 0n));
  return statementsOf(database.pool, () =>
    world.read(batch.map((clip, i) => [clip, { plays: 1_000n + BigInt(i) }] as const)),
  );
}

test('a settlement sends as many statements for fifty clips as for two', async () => {
  const few = await settling(2);
  const many = await settling(50);
  expect(many.map(({ text }) => text)).toEqual(few.map(({ text }) => text));
});

test('the end of a campaign does not either', async () => {
  const ending = await world.addCampaign({ budget: '1000', rate: '10' });
  const steps = campaignSteps(world, await world.addUser('ADMIN'));
  const clip = await world.addClip(ending, 0n);
  const statements = await statementsOf(database.pool, async () => {
    await steps.setPaused(ending, true);
    const roundId = await steps.beginClosing(ending, 'ADMIN');
    await world.read([[clip, { plays: 1_000n }]]);
    await steps.finishClosing(roundId ?? '');
    await steps.release(ending);
  });
  for (const statement of statements) expect(await scannedBy(statement), statement.text).toEqual([]);
});

test('neither a settlement nor a claim nor a run given back reads a growing table from end to end', async () => {
  const settled = await settling(20);
  const claimed = await statementsOf(database.pool, () =>
    withTransaction(database.pool, async (tx) => {
      const runId = uuidv7();
      const now = new Date('2026-11-22T12:00:00Z');
      await claimDue(tx, { platform: 'TIKTOK', limit: 100, now, leaseMs: 1_000, runId });
      await releaseRun(tx, { runId, retryAt: now, error: 'throttled', now });
    }),
  );
  for (const statement of [...settled, ...claimed]) expect(await scannedBy(statement), statement.text).toEqual([]);
});

test('a batch as large as the trackers send looks its rows up, too', async () => {
  const settled = await settling(20);
  for (const statement of settled.map((each) => enlarged(each, 25)))
    expect(await scannedBy(statement), statement.text).toEqual([]);
});

/** The same statement with every list so many times as long: enough for the planner, who is not told what is in it. */
function enlarged({ text, values }: Statement, times: number): Statement {
  const longer = (value: unknown) => {
    if (Array.isArray(value)) return Array.from({ length: times }, () => value).flat();
    const list = typeof value === 'string' && /^\{.+\}$/.test(value) && !value.includes('"');
    return list ? `{${Array.from({ length: times }, () => value.slice(1, -1)).join(',')}}` : value;
  };
  return { text, values: values.map(longer) };
}
