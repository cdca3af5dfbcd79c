import type { Pool, Queryable } from '@clipmeter/db/connect';
import { GUARDED_MONTH, type Guard } from '#src/guards.ts';
import { createWorld } from '#src/settlement-world.ts';

/** A row of each kind that the guards are about. */
export async function seedGuarded(pool: Pool): Promise<void> {
  await pool.query('SELECT maintain_partitions($1, 7)', [GUARDED_MONTH]);
  const world = createWorld(pool);
  const campaignId = await world.addCampaign({ budget: '100', rate: '10' });
  const clip = await world.addClip(campaignId, 1_000n);
  await world.read([[clip, { plays: 5_000n }]]);
  await pool.query(
    `WITH round AS (
       INSERT INTO closing_rounds (id, campaign_id, reason, limit_at) VALUES (gen_random_uuid(), $1, 'ADMIN', now()) RETURNING id)
     INSERT INTO held_observations (round_id, clip_id, run_id, date, outcome) SELECT id, $2, gen_random_uuid(), now(), 'found' FROM round`,
    [campaignId, clip.clipId],
  );
  await pool.query(
    `WITH request AS (
       INSERT INTO payout_requests (id, user_id, gross, method, status)
       SELECT gen_random_uuid(), $1, 10, 'test', s FROM unnest(ARRAY['PENDING', 'COMPLETED', 'COMPLETED']) AS s RETURNING id, status)
     INSERT INTO payouts (id, request_id, method, transaction_id, amount, paid_at)
     SELECT gen_random_uuid(), id, 'test', 'one', 10, now() FROM request WHERE status = 'COMPLETED' LIMIT 1`,
    [clip.userId],
  );
  await pool.query(`INSERT INTO campaign_rates (campaign_id, platform, payout_rate) VALUES ($1, 'YOUTUBE', 20)`, [
    campaignId,
  ]);
  await pool.query(
    `INSERT INTO earnings_reversals (id, submission_id, from_kind, amount, reason, settlement_number, actor_id)
     VALUES (gen_random_uuid(), $1, 'pending', 1, 'test', 1, $2)`,
    [clip.submissionId, clip.userId],
  );
  await pool.query(
    `INSERT INTO submission_hold_changes (submission_id, number, held, reason, settlement_number)
     SELECT id, 1, true, 'test', 0 FROM clip_submissions WHERE clip_id = $1`,
    [clip.clipId],
  );
  await pool.query(
    `INSERT INTO earnings_reversals (id, submission_id, from_kind, amount, reason, settlement_number, actor_id)
     VALUES (gen_random_uuid(), $1, 'pending', 1, 'test', 1, $2)`,
    [clip.submissionId, clip.userId],
  );
  await pool.query(
    `INSERT INTO audit_log (id, action, subject_kind, subject_id) VALUES (gen_random_uuid(), 'test', 'test', '1')`,
  );
}

/** What refuses the attempt: a constraint, an index or a trigger; null if nothing does. */
export function refuserOf(owner: Pool, guard: Guard): Promise<string | null> {
  return tried(owner, guard, async () => {});
}

/** The same once the guard is gone, as after a migration that should not have been written. It comes back at once. */
export function refuserWithout(owner: Pool, guard: Guard): Promise<string | null> {
  return tried(owner, guard, (client) => removeGuard(client, guard));
}

async function tried(
  owner: Pool,
  { attempt }: Guard,
  before: (client: Queryable) => Promise<void>,
): Promise<string | null> {
  const client = await owner.connect();
  try {
    await client.query('BEGIN');
    await before(client);
    await client.query(attempt);
    return null;
  } catch (error) {
    return refuser(error);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** A partition's copies of a key and of a trigger have names of their own. */
const OF_PARTITION = /_(?:\d{6}|default)(?=_(?:pkey|append_only)$)/;

function refuser(error: unknown): string {
  const { constraint, code, message } = error as { constraint?: string; code?: string; message?: string };
  const [, table, change] = /^(\w+) is append-only: (\w+) refused$/.exec(message ?? '') ?? [];
  const name = table === undefined ? constraint : `${table}_${change === 'TRUNCATE' ? 'no_truncate' : 'append_only'}`;
  return name?.replace(OF_PARTITION, '') ?? `${code ?? ''} ${message ?? error}`;
}

async function removeGuard(client: Queryable, { table, name }: Guard): Promise<void> {
  const { rows } = await client.query<{ kind: string }>(
    `SELECT 'constraint' AS kind FROM pg_constraint WHERE conname = $1 AND conrelid = $2::regclass
     UNION ALL SELECT 'trigger' FROM pg_trigger WHERE tgname = $1 AND tgrelid = $2::regclass
     UNION ALL SELECT 'index' FROM pg_index WHERE indexrelid = to_regclass($1)`,
    [name, table],
  );
  const kind = rows[0]?.kind;
  if (kind === undefined) throw new Error(`There is no ${name} on ${table}`);
  if (kind === 'constraint') await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name} CASCADE`);
  else if (kind === 'index') await client.query(`DROP INDEX ${name}`);
  else await client.query(`DROP TRIGGER ${name} ON ${table}`);
}
