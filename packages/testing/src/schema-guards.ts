import type { Pool } from '@clipmeter/db/connect';

/** Whole tables that no money is in, and why. What they guard has tests of its own. */
export const TABLES_WITHOUT_MONEY: Readonly<Record<string, string>> = {
  _prisma_migrations: 'which migrations ran',
  accounts: 'sign-in',
  sessions: 'sign-in',
  users: 'sign-in',
  verifications: 'sign-in',
  social_accounts: 'who owns a profile',
  installation: 'the one row that says what this database is',
  platform_states: 'how a platform is doing',
  tracker_instances: 'which trackers run',
  tracking_rounds: 'what is read, asked from outside; its sums are read from settlements',
  tracking_round_clips: 'what is read, asked from outside',
  cron_calls: 'a count of calls',
  rate_limits: 'a count of attempts',
  clip_thumbnails: 'pictures',
  link_resolutions: 'where a link leads; money begins with the submission it becomes',
  events: 'tells what happened and decides nothing',
  notifications: 'tells what happened and decides nothing',
  campaign_budget_alerts: 'tells what happened and decides nothing',
  images: 'pictures of campaigns',
  notification_preferences: 'what somebody wants to be told by mail',
  campaign_launches: 'of what somebody has to be told',
  mails: 'tells what happened and decides nothing',
  alerts: 'tells what happened and decides nothing',
};

const WHO_DID_IT = 'who did it; what it is worth does not depend on it';

/** What is no guard of money on a table that has money, and why. */
export const NO_GUARDS_OF_MONEY: Readonly<Record<string, string>> = {
  audit_log_pkey: 'the log of what admins did moves nothing; that it is history is guarded',
  audit_log_actor_id_fkey: WHO_DID_IT,
  campaign_fundings_actor_id_fkey: WHO_DID_IT,
  campaign_status_changes_actor_id_fkey: WHO_DID_IT,
  campaigns_created_by_fkey: WHO_DID_IT,
  clip_submissions_approval_requested_by_fkey: WHO_DID_IT,
  closing_rounds_actor_id_fkey: WHO_DID_IT,
  earnings_reversals_actor_id_fkey: WHO_DID_IT,
  submission_status_changes_actor_id_fkey: WHO_DID_IT,
  submission_terms_actor_id_fkey: WHO_DID_IT,
  submission_hold_changes_actor_id_fkey: WHO_DID_IT,
  campaigns_platforms_check: 'what may be submitted',
  campaigns_image_id_fkey: 'the picture on its card',
  campaigns_material_url_check: 'where its material is',
  clip_submissions_rejected_has_reason: 'a sentence for the clipper',
  clip_submissions_held_has_reason: 'a sentence for the clipper',
  clip_submissions_social_account_id_fkey: 'whose profile the video is on',
  clip_submissions_goes_over_to_another: 'which link led to the video',
  clip_submissions_submitted_clip_id_fkey: 'which link led to the video',
  clips_availability_check: 'whether the video can be seen',
  clips_platform_check: 'where the video is',
  clips_likes_check: 'how a video is received; it earns by views alone',
  clips_comments_check: 'how a video is received; it earns by views alone',
  clips_shares_check: 'how a video is received; it earns by views alone',
  clip_schedules_failures_check: 'when a clip is read next',
  clip_schedules_velocity_check: 'when a clip is read next',
  ledger_accounts_id_currency_key:
    'what the currency keys of the entries refer to, which are guards; the primary key says that an id is unique',
};

/** What the schema refuses by. */
export interface SchemaGuard {
  readonly table: string;
  readonly name: string;
}

/**
 * Every CHECK, key, exclusion and trigger of the real schema; a partition's copies are its parent's. A partition's own
 * triggers are listed by the table they are on.
 */
export async function schemaGuards(owner: Pool): Promise<SchemaGuard[]> {
  const { rows } = await owner.query<SchemaGuard>(
    `SELECT t.relname AS table, g.name FROM pg_class t JOIN LATERAL (
       SELECT conname AS name FROM pg_constraint WHERE conrelid = t.oid AND contype IN ('c', 'u', 'p', 'x', 'f') AND NOT t.relispartition
       UNION ALL SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
         WHERE x.indrelid = t.oid AND x.indisunique AND NOT t.relispartition
           AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = x.indexrelid)
       UNION ALL SELECT tgname FROM pg_trigger WHERE tgrelid = t.oid AND NOT tgisinternal AND tgparentid = 0) g ON true
     WHERE t.relnamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  return rows;
}
