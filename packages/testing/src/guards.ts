/** What Postgres itself refuses, whatever the code above it believes. */
export interface Guard {
  readonly table: string;
  /** A constraint, a unique index or a trigger. */
  readonly name: string;
  /** A write that this one refuses, and only this one. */
  readonly attempt: string;
  /** What still refuses it when this one is gone; none: nothing does. */
  readonly coveredBy?: string;
}

const FRESH = `jsonb_build_object('id', gen_random_uuid())`;
const FRESH_CAUSE = `jsonb_build_object('cause_id', gen_random_uuid())`;
const NOBODY = 'gen_random_uuid()';

/** A second row like the first, but for what is changed. */
const copy = (table: string, changes: string) =>
  `INSERT INTO ${table} SELECT (jsonb_populate_record(NULL::${table}, to_jsonb(t) || ${changes})).* FROM (SELECT * FROM ${table} LIMIT 1) t`;
/** Entries number themselves. */
const copyEntry = (changes: string) =>
  copy('ledger_entries', changes).replace(' SELECT', ' OVERRIDING SYSTEM VALUE SELECT');
const nextEntry = (changes: string) => copyEntry(`jsonb_build_object('id', 1000000) || ${changes}`);
const set = (table: string, what: string, where = 'true') =>
  `UPDATE ${table} SET ${what} WHERE ctid = (SELECT ctid FROM ${table} WHERE ${where} LIMIT 1)`;
const on = (table: string, attempts: Record<string, string>): Guard[] =>
  Object.entries(attempts).map(([name, attempt]) => ({ table, name, attempt }));
const history = (table: string, column: string) =>
  on(table, {
    [`${table}_append_only`]: `UPDATE ${table} SET ${column} = ${column}`,
    [`${table}_no_truncate`]: `TRUNCATE ${table} CASCADE`,
  });

/** A month that `seedGuarded` has made a partition for. */
export const GUARDED_MONTH = '2026-11-01';

/** A parent's trigger speaks for its partitions too; what only it refuses is seen when they have lost theirs. */
const TRUNCATE_WITHOUT_PARTITION_TRIGGERS = `
  DO $$ DECLARE own record; BEGIN
    FOR own IN SELECT tgname, tgrelid::regclass AS part FROM pg_trigger JOIN pg_inherits ON inhrelid = tgrelid
      WHERE inhparent = 'view_tracking'::regclass AND tgname LIKE '%\\_no\\_truncate'
    LOOP EXECUTE format('DROP TRIGGER %I ON %s', own.tgname, own.part); END LOOP;
  END $$;
  TRUNCATE view_tracking`;

/** Every constraint, unique key and trigger that guards money. Their rows are those of `seedGuarded`. */
export const GUARDS: readonly Guard[] = [
  ...on('campaigns', {
    campaigns_pkey: copy('campaigns', `'{}'::jsonb`),
    campaigns_budget_check: set('campaigns', 'budget = 0, spent = 0'),
    campaigns_spent_check: set('campaigns', 'spent = -0.000001'),
    campaigns_spent_within_budget: set('campaigns', 'spent = budget + 0.000001'),
    campaigns_expected_check: set('campaigns', 'expected = -0.000001'),
    campaigns_payout_rate_check: set('campaigns', 'payout_rate = 0'),
    campaigns_cap_per_clip_check: set('campaigns', 'cap_per_clip = 0'),
    campaigns_min_views_check: set('campaigns', 'min_views = -1'),
    campaigns_status_check: set('campaigns', `status = 'LOST'`),
    campaigns_completion_reason_check: set(
      'campaigns',
      `status = 'COMPLETED', completed_at = now(), completion_reason = 'NONE'`,
    ),
    campaigns_final_has_reason: set('campaigns', `status = 'COMPLETED'`),
    campaigns_released_after_final: set('campaigns', 'released_at = now()'),
    campaigns_closing_round_id_fkey: set('campaigns', `closing_round_id = ${NOBODY}`),
  }),
  ...on('campaign_rates', {
    campaign_rates_pkey: copy('campaign_rates', `'{}'::jsonb`),
    campaign_rates_payout_rate_check: set('campaign_rates', 'payout_rate = 0'),
    campaign_rates_platform_check: set('campaign_rates', `platform = 'LOST'`),
    campaign_rates_campaign_id_fkey: set('campaign_rates', `campaign_id = ${NOBODY}`),
  }),
  ...on('campaign_fundings', {
    campaign_fundings_pkey: copy('campaign_fundings', `'{}'::jsonb`),
    campaign_fundings_amount_check: copy('campaign_fundings', `${FRESH} || '{"amount": 0}'`),
    campaign_fundings_kind_check: copy('campaign_fundings', `${FRESH} || '{"kind": "GIFT"}'`),
    campaign_fundings_campaign_id_fkey: copy(
      'campaign_fundings',
      `${FRESH} || jsonb_build_object('campaign_id', ${NOBODY})`,
    ),
  }),
  ...history('campaign_fundings', 'amount'),
  ...on('campaign_status_changes', {
    campaign_status_changes_pkey: copy('campaign_status_changes', `'{}'::jsonb`),
    campaign_status_changes_campaign_id_fkey: copy(
      'campaign_status_changes',
      `${FRESH} || jsonb_build_object('campaign_id', ${NOBODY})`,
    ),
  }),
  ...on('clips', {
    clips_pkey: copy('clips', `'{"external_id": "another"}'::jsonb`),
    clips_platform_external_id_key: copy('clips', FRESH),
    clips_views_check: set('clips', 'views = -1'),
    clips_metric_check: set('clips', `metric = 'likes'`),
    clips_earnings_check: set('clips', 'earnings = -0.000001'),
  }),
  ...on('clip_submissions', {
    clip_submissions_pkey: copy('clip_submissions', `'{"status": "REJECTED", "rejection_reason": "no"}'::jsonb`),
    clip_submissions_one_live_key: copy('clip_submissions', FRESH),
    clip_submissions_status_check: set('clip_submissions', `status = 'LOST'`),
    clip_submissions_approved_has_terms: set('clip_submissions', 'initial_views = NULL'),
    clip_submissions_metric_check: set('clip_submissions', `metric = 'likes'`),
    clip_submissions_initial_views_check: set('clip_submissions', 'initial_views = -1'),
    clip_submissions_payout_rate_check: set('clip_submissions', 'payout_rate = 0'),
    clip_submissions_cap_check: set('clip_submissions', 'cap = 0'),
    clip_submissions_min_views_check: set('clip_submissions', 'min_views = -1'),
    clip_submissions_carried_check: set('clip_submissions', 'carried = -1'),
    clip_submissions_earnings_base_check: set('clip_submissions', 'earnings_base = -1'),
    clip_submissions_final_earnings_check: set('clip_submissions', 'final_earnings = -1'),
    clip_submissions_campaign_id_fkey: set('clip_submissions', `campaign_id = ${NOBODY}`),
    clip_submissions_clip_id_fkey: set('clip_submissions', `clip_id = ${NOBODY}`),
    clip_submissions_user_id_fkey: set('clip_submissions', `user_id = ${NOBODY}`),
  }),
  ...on('submission_terms', {
    submission_terms_pkey: copy('submission_terms', `'{}'::jsonb`),
    submission_terms_number_check: copy('submission_terms', `'{"number": 0}'::jsonb`),
    submission_terms_submission_id_fkey: copy('submission_terms', `jsonb_build_object('submission_id', ${NOBODY})`),
  }),
  ...on('submission_status_changes', {
    submission_status_changes_pkey: copy('submission_status_changes', `'{}'::jsonb`),
    submission_status_changes_submission_id_fkey: copy(
      'submission_status_changes',
      `${FRESH} || jsonb_build_object('submission_id', ${NOBODY})`,
    ),
  }),
  ...on('earnings_reversals', {
    earnings_reversals_pkey: copy('earnings_reversals', `'{}'::jsonb`),
    earnings_reversals_from_kind_check: copy('earnings_reversals', `${FRESH} || '{"from_kind": "paid"}'`),
    earnings_reversals_amount_check: copy('earnings_reversals', `${FRESH} || '{"amount": 0}'`),
    earnings_reversals_submission_id_fkey: copy(
      'earnings_reversals',
      `${FRESH} || jsonb_build_object('submission_id', ${NOBODY})`,
    ),
  }),
  ...history('earnings_reversals', 'amount'),
  ...on('submission_hold_changes', {
    submission_hold_changes_pkey: copy('submission_hold_changes', `'{}'::jsonb`),
    submission_hold_changes_number_check: copy('submission_hold_changes', `'{"number": 0, "held": false}'::jsonb`),
    submission_hold_changes_alternate: copy('submission_hold_changes', `'{"number": 2}'::jsonb`),
    submission_hold_changes_submission_id_fkey: copy(
      'submission_hold_changes',
      `jsonb_build_object('submission_id', ${NOBODY})`,
    ),
  }),
  ...history('submission_hold_changes', 'reason'),
  ...on('earnings_reversals', {
    earnings_reversals_pkey: copy('earnings_reversals', `'{}'::jsonb`),
    earnings_reversals_from_kind_check: copy('earnings_reversals', `${FRESH} || '{"from_kind": "paid"}'`),
    earnings_reversals_amount_check: copy('earnings_reversals', `${FRESH} || '{"amount": 0}'`),
    earnings_reversals_submission_id_fkey: copy(
      'earnings_reversals',
      `${FRESH} || jsonb_build_object('submission_id', ${NOBODY})`,
    ),
  }),
  ...history('earnings_reversals', 'amount'),
  ...on('clip_schedules', {
    clip_schedules_pkey: copy('clip_schedules', `'{}'::jsonb`),
    clip_schedules_expected_check: set('clip_schedules', 'expected = -0.000001'),
    clip_schedules_clip_id_fkey: set('clip_schedules', `clip_id = ${NOBODY}`),
  }),
  ...on('scrape_runs', {
    scrape_runs_pkey: copy('scrape_runs', `'{}'::jsonb`),
    scrape_runs_status_check: set('scrape_runs', `status = 'LOST'`),
  }),
  ...on('settlements', {
    settlements_pkey: copy('settlements', `'{"number": 9}'::jsonb`),
    settlements_campaign_id_number_key: copy('settlements', FRESH),
    settlements_number_check: copy('settlements', `${FRESH} || '{"number": 0}'`),
    settlements_kind_check: copy('settlements', `${FRESH} || '{"number": 9, "kind": "GIFT"}'`),
    settlements_credited_check: copy('settlements', `${FRESH} || '{"number": 9, "credited": -1}'`),
    settlements_within_what_was_left: copy(
      'settlements',
      `${FRESH} || '{"number": 9, "left_before": 1, "credited": 2}'`,
    ),
    settlements_campaign_id_fkey: copy(
      'settlements',
      `${FRESH} || jsonb_build_object('campaign_id', ${NOBODY}, 'number', 9)`,
    ),
  }),
  // Credited is neither negative nor more than these two, so they are not negative either: two guards for one thing.
  ...['left_before', 'owed'].map((column) => ({
    table: 'settlements',
    name: `settlements_${column}_check`,
    attempt: copy('settlements', `${FRESH} || '{"number": 9, "credited": 0, "${column}": -1}'`),
    coveredBy: 'settlements_within_what_was_left',
  })),
  ...history('settlements', 'owed'),
  ...on('view_tracking', {
    view_tracking_pkey: copy('view_tracking', `'{}'::jsonb`),
    view_tracking_views_check: copy('view_tracking', `jsonb_build_object('run_id', gen_random_uuid(), 'views', -1)`),
    view_tracking_append_only: 'UPDATE view_tracking SET views = views',
    view_tracking_no_truncate: TRUNCATE_WITHOUT_PARTITION_TRIGGERS,
  }),
  // Emptied on its own, a partition never asks its parent's trigger.
  ...['default', '202611'].map((part) => ({
    table: `view_tracking_${part}`,
    name: `view_tracking_${part}_no_truncate`,
    attempt: `TRUNCATE view_tracking_${part}`,
  })),
  ...on('closing_rounds', {
    closing_rounds_pkey: copy('closing_rounds', `'{"ended_at": "2026-11-22"}'::jsonb`),
    closing_rounds_one_open_key: copy('closing_rounds', FRESH),
    closing_rounds_reason_check: set('closing_rounds', `reason = 'NONE'`),
    closing_rounds_campaign_id_fkey: set('closing_rounds', `campaign_id = ${NOBODY}`),
  }),
  ...on('held_observations', {
    held_observations_pkey: copy('held_observations', `'{}'::jsonb`),
    held_observations_round_id_fkey: set('held_observations', `round_id = ${NOBODY}`),
    held_observations_clip_id_fkey: set('held_observations', `clip_id = ${NOBODY}`),
  }),
  ...on('ledger_accounts', {
    ledger_accounts_pkey: copy('ledger_accounts', `'{"currency": "EUR"}'::jsonb`),
    ledger_accounts_never_negative: set('ledger_accounts', 'balance = -0.000001', `kind <> 'outside'`),
    ledger_accounts_kind_check: set('ledger_accounts', `kind = 'gift'`, `kind = 'available'`),
    ledger_accounts_owner: set('ledger_accounts', 'user_id = NULL', `kind = 'pending'`),
    ledger_accounts_owner_key: copy('ledger_accounts', FRESH),
    ledger_accounts_campaign_id_fkey: set('ledger_accounts', `campaign_id = ${NOBODY}`, `kind = 'pending'`),
    ledger_accounts_user_id_fkey: set('ledger_accounts', `user_id = ${NOBODY}`, `kind = 'pending'`),
  }),
  ...on('ledger_entries', {
    ledger_entries_pkey: copyEntry(FRESH_CAUSE),
    ledger_entries_once: nextEntry(`'{}'::jsonb`),
    ledger_entries_from_currency_fkey: nextEntry(`${FRESH_CAUSE} || jsonb_build_object('from_account', ${NOBODY})`),
    ledger_entries_to_currency_fkey: nextEntry(`${FRESH_CAUSE} || jsonb_build_object('to_account', ${NOBODY})`),
    ledger_entries_amount_check: nextEntry(`${FRESH_CAUSE} || '{"amount": 0}'`),
    ledger_entries_check: nextEntry(`${FRESH_CAUSE} || jsonb_build_object('to_account', t.from_account)`),
    ledger_entries_cause_kind_check: nextEntry(`${FRESH_CAUSE} || '{"cause_kind": "gift"}'`),
    ledger_entries_movement_check: nextEntry(`${FRESH_CAUSE} || '{"movement": "give"}'`),
  }),
  ...history('ledger_entries', 'amount'),
  ...on('payout_requests', {
    payout_requests_pkey: copy('payout_requests', `'{"status": "CANCELLED"}'::jsonb`),
    payout_requests_one_open_key: copy('payout_requests', FRESH),
    payout_requests_gross_check: set('payout_requests', 'gross = 0, fee = 0'),
    payout_requests_check: set('payout_requests', 'fee = gross + 1'),
    payout_requests_status_check: set('payout_requests', `status = 'LOST'`),
    payout_requests_user_id_fkey: set('payout_requests', `user_id = ${NOBODY}`),
  }),
  ...on('payouts', {
    payouts_pkey: copy('payouts', `'{"transaction_id": "other"}' || ${otherRequest()}`),
    payouts_request_id_key: copy('payouts', `${FRESH} || '{"transaction_id": "other"}'`),
    payouts_method_transaction_id_key: copy('payouts', `${FRESH} || ${otherRequest()}`),
    payouts_amount_check: set('payouts', 'amount = 0'),
    payouts_request_id_fkey: set('payouts', `request_id = ${NOBODY}`),
  }),
  ...history('audit_log', 'action'),
];

function otherRequest(): string {
  return `jsonb_build_object('request_id',
    (SELECT id FROM payout_requests WHERE status = 'COMPLETED' AND id <> t.request_id LIMIT 1))`;
}
