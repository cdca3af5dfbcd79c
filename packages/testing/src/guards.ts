import type { Pool } from '@clipmeter/db/connect';
import { createWorld } from '#src/settlement-world.ts';

/** What Postgres itself refuses, whatever the code above it believes. */
export interface Guard {
  readonly table: string;
  /** A constraint, a unique index or a trigger. */
  readonly name: string;
  /** A write that this one refuses, and only this one. */
  readonly attempt: string;
}

const FRESH = `jsonb_build_object('id', gen_random_uuid())`;
const FRESH_CAUSE = `jsonb_build_object('cause_id', gen_random_uuid())`;

/** A second row like the first, but for what is changed. */
const copy = (table: string, changes: string) =>
  `INSERT INTO ${table} SELECT (jsonb_populate_record(NULL::${table}, to_jsonb(t) || ${changes})).* FROM (SELECT * FROM ${table} LIMIT 1) t`;
/** Entries number themselves. */
const copyEntry = (changes: string) =>
  copy('ledger_entries', `jsonb_build_object('id', 1000000) || ${changes}`).replace(
    ' SELECT',
    ' OVERRIDING SYSTEM VALUE SELECT',
  );
const set = (table: string, what: string, where = 'true') =>
  `UPDATE ${table} SET ${what} WHERE ctid = (SELECT ctid FROM ${table} WHERE ${where} LIMIT 1)`;
const on = (table: string, attempts: Record<string, string>): Guard[] =>
  Object.entries(attempts).map(([name, attempt]) => ({ table, name, attempt }));
const history = (table: string, column: string) =>
  on(table, {
    [`${table}_append_only`]: `UPDATE ${table} SET ${column} = ${column}`,
    [`${table}_no_truncate`]: `TRUNCATE ${table} CASCADE`,
  });

/** Every constraint, unique key and trigger that guards money. Their rows are those of `seedGuarded`. */
export const GUARDS: readonly Guard[] = [
  ...on('campaigns', {
    campaigns_budget_check: set('campaigns', 'budget = 0, spent = 0'),
    campaigns_spent_check: set('campaigns', 'spent = -0.000001'),
    campaigns_spent_within_budget: set('campaigns', 'spent = budget + 0.000001'),
    campaigns_payout_rate_check: set('campaigns', 'payout_rate = 0'),
    campaigns_cap_per_clip_check: set('campaigns', 'cap_per_clip = 0'),
    campaigns_min_views_check: set('campaigns', 'min_views = -1'),
    campaigns_final_has_reason: set('campaigns', `status = 'COMPLETED'`),
    campaigns_released_after_final: set('campaigns', 'released_at = now()'),
  }),
  ...on('campaign_fundings', {
    campaign_fundings_amount_check: copy('campaign_fundings', `${FRESH} || '{"amount": 0}'`),
  }),
  ...history('campaign_fundings', 'amount'),
  ...on('clips', {
    clips_platform_external_id_key: copy('clips', FRESH),
    clips_views_check: set('clips', 'views = -1'),
    clips_earnings_check: set('clips', 'earnings = -0.000001'),
  }),
  ...on('clip_submissions', {
    clip_submissions_one_live_key: copy('clip_submissions', FRESH),
    clip_submissions_approved_has_terms: set('clip_submissions', 'initial_views = NULL'),
    clip_submissions_initial_views_check: set('clip_submissions', 'initial_views = -1'),
    clip_submissions_payout_rate_check: set('clip_submissions', 'payout_rate = 0'),
    clip_submissions_cap_check: set('clip_submissions', 'cap = 0'),
    clip_submissions_min_views_check: set('clip_submissions', 'min_views = -1'),
    clip_submissions_carried_check: set('clip_submissions', 'carried = -1'),
    clip_submissions_earnings_base_check: set('clip_submissions', 'earnings_base = -1'),
    clip_submissions_final_earnings_check: set('clip_submissions', 'final_earnings = -1'),
  }),
  ...on('submission_terms', {
    submission_terms_pkey: copy('submission_terms', `'{}'::jsonb`),
    submission_terms_number_check: copy('submission_terms', `'{"number": 0}'::jsonb`),
  }),
  // That left_before and owed are not negative follows from the last two: credited is neither negative nor more than they.
  ...on('settlements', {
    settlements_campaign_id_number_key: copy('settlements', FRESH),
    settlements_number_check: copy('settlements', `${FRESH} || '{"number": 0}'`),
    settlements_credited_check: copy('settlements', `${FRESH} || '{"number": 9, "credited": -1}'`),
    settlements_within_what_was_left: copy(
      'settlements',
      `${FRESH} || '{"number": 9, "left_before": 1, "credited": 2}'`,
    ),
  }),
  ...history('settlements', 'owed'),
  ...on('view_tracking', {
    view_tracking_pkey: copy('view_tracking', `'{}'::jsonb`),
    view_tracking_views_check: copy('view_tracking', `jsonb_build_object('run_id', gen_random_uuid(), 'views', -1)`),
  }),
  ...history('view_tracking', 'views'),
  ...on('closing_rounds', {
    closing_rounds_one_open_key: copy('closing_rounds', FRESH),
  }),
  ...on('held_observations', {
    held_observations_pkey: copy('held_observations', `'{}'::jsonb`),
  }),
  ...on('ledger_accounts', {
    ledger_accounts_never_negative: set('ledger_accounts', 'balance = -0.000001', `kind <> 'outside'`),
    ledger_accounts_owner: set('ledger_accounts', 'user_id = NULL', `kind = 'pending'`),
    ledger_accounts_owner_key: copy('ledger_accounts', FRESH),
  }),
  ...on('ledger_entries', {
    ledger_entries_once: copyEntry(`'{}'::jsonb`),
    ledger_entries_from_currency_fkey: copyEntry(
      `${FRESH_CAUSE} || jsonb_build_object('from_account', gen_random_uuid())`,
    ),
    ledger_entries_to_currency_fkey: copyEntry(`${FRESH_CAUSE} || jsonb_build_object('to_account', gen_random_uuid())`),
    ledger_entries_amount_check: copyEntry(`${FRESH_CAUSE} || '{"amount": 0}'`),
    ledger_entries_check: copyEntry(`${FRESH_CAUSE} || jsonb_build_object('to_account', t.from_account)`),
  }),
  ...history('ledger_entries', 'amount'),
  ...on('payout_requests', {
    payout_requests_one_open_key: copy('payout_requests', FRESH),
    payout_requests_gross_check: set('payout_requests', 'gross = 0, fee = 0'),
    payout_requests_check: set('payout_requests', 'fee = gross + 1'),
  }),
  ...on('payouts', {
    payouts_request_id_key: copy('payouts', `${FRESH} || '{"transaction_id": "other"}'`),
    payouts_method_transaction_id_key: copy(
      'payouts',
      `${FRESH} || jsonb_build_object('request_id', (SELECT id FROM payout_requests WHERE status = 'COMPLETED' AND id <> t.request_id LIMIT 1))`,
    ),
    payouts_amount_check: set('payouts', 'amount = 0'),
  }),
];

/** A row of each kind that the guards are about. */
export async function seedGuarded(pool: Pool): Promise<void> {
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
}

/** What refuses the attempt: a constraint, an index or, for history, its table's trigger; null if nothing does. */
export async function refuserOf(owner: Pool, { attempt, name }: Guard): Promise<string | null> {
  const client = await owner.connect();
  try {
    await client.query('BEGIN');
    await client.query(attempt);
    return null;
  } catch (error) {
    const { constraint, code } = error as { constraint?: string; code?: string };
    // A partition's copies of a key and of a trigger have names of their own.
    if (code === '23001') return name;
    return constraint?.replace(/_(\d{6}|default)(?=_pkey$)/, '') ?? code ?? String(error);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** Takes a guard away, as a migration that should not have been written would. */
export async function removeGuard(owner: Pool, { table, name }: Guard): Promise<void> {
  const { rows } = await owner.query<{ kind: string }>(
    `SELECT 'constraint' AS kind FROM pg_constraint WHERE conname = $1 AND conrelid = $2::regclass
     UNION ALL SELECT 'trigger' FROM pg_trigger WHERE tgname = $1 AND tgrelid = $2::regclass
     UNION ALL SELECT 'index' FROM pg_index WHERE indexrelid = to_regclass($1)`,
    [name, table],
  );
  const kind = rows[0]?.kind;
  if (kind === undefined) throw new Error(`There is no ${name} on ${table}`);
  if (kind === 'constraint') await owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name} CASCADE`);
  else if (kind === 'index') await owner.query(`DROP INDEX ${name}`);
  else await owner.query(`DROP TRIGGER ${name} ON ${table}`);
}
