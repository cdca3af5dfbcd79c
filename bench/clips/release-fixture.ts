import type { BenchDatabase } from '../harness/bench-postgres.ts';
import { fixtureId, sqlId } from './clip-fixture.ts';

/** What each clip has earned, in dollars. */
export const EARNED = 2;
/** What each clip of the campaign that closes gets in its round: half of what it is owed, for no more is left. */
export const SHARE = 1;

/** Cancelled; its release is still to come. */
export const CANCELLED_ID = fixtureId('campaign', 0);
/** Its closing round is open, and every clip has answered. */
export const CLOSING_ID = fixtureId('campaign', 1);
export const ROUND_ID = fixtureId('run', 1);

/**
 * Two campaigns of so many clips each, dealt out evenly among the same clippers: one was cancelled, one closes. The schedules
 * of the cancelled one are all still there: what an end leaves to the release of a very large campaign.
 */
export async function loadEnding(database: BenchDatabase, clips: number, clippers: number): Promise<void> {
  const all = `generate_series(0, ${2 * clips - 1}) n`;
  const closing = `generate_series(${clips}, ${2 * clips - 1}) n`;
  const campaign = sqlId('campaign', `(n / ${clips})`);
  await database.load(`
    INSERT INTO users (id, name, email, created_at)
      SELECT ${sqlId('user', 'n')}, 'Clipper ' || n, n || '@example.com', now() FROM generate_series(0, ${clippers - 1}) n;
    INSERT INTO campaigns (id, title, brand, budget, spent, payout_rate, platforms, status, completed_at, completion_reason, closing_round_id, created_by)
      VALUES ('${CANCELLED_ID}', 'Cancelled', 'Brand', ${clips * EARNED}, ${clips * EARNED}, 2, '{TIKTOK}', 'CANCELLED', now(), 'CANCELLED', NULL, ${sqlId('user', '0')}),
        ('${CLOSING_ID}', 'Closing', 'Brand', ${clips * (EARNED + SHARE)}, ${clips * EARNED}, 2, '{TIKTOK}', 'ACTIVE', NULL, NULL, '${ROUND_ID}', ${sqlId('user', '0')});
    INSERT INTO closing_rounds (id, campaign_id, reason, started_at, limit_at) VALUES ('${ROUND_ID}', '${CLOSING_ID}', 'BUDGET', now(), now() + interval '10 minutes');
    INSERT INTO clips (id, platform, external_id, url, title, author_handle, availability, views, metric, earnings, last_read_at)
      SELECT ${sqlId('clip', 'n')}, 'TIKTOK', n::text, 'https://www.tiktok.com/@clipper/video/' || n, 'Clip ' || n, 'clipper', 'LIVE',
        2000, 'plays', ${EARNED}, now() - interval '1 hour' FROM ${all};
    INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id, status, approved_at, metric, initial_views, payout_rate, min_views)
      SELECT ${sqlId('submission', 'n')}, ${campaign}, ${sqlId('clip', 'n')}, ${sqlId('user', `(n % ${clippers})`)}, 'APPROVED', now(), 'plays', 1000, 2, 0 FROM ${all};
    INSERT INTO clip_schedules (clip_id, platform, next_due_at)
      SELECT ${sqlId('clip', 'n')}, 'TIKTOK', CASE WHEN n < ${clips} THEN now() ELSE 'infinity' END FROM ${all};
    INSERT INTO held_observations (round_id, clip_id, run_id, date, outcome, counts)
      SELECT '${ROUND_ID}', ${sqlId('clip', 'n')}, '${fixtureId('run', 2)}', now(), 'found', '{"plays": 3000}' FROM ${closing};
    INSERT INTO ledger_accounts (id, kind, campaign_id, balance) SELECT gen_random_uuid(), 'budget', '${CLOSING_ID}', ${clips * SHARE};
    INSERT INTO ledger_accounts (id, kind, campaign_id, user_id, balance)
      SELECT gen_random_uuid(), 'pending', ${sqlId('campaign', 'c')}, ${sqlId('user', 'n')}, ${(clips / clippers) * EARNED}
      FROM generate_series(0, ${clippers - 1}) n, generate_series(0, 1) c;
    INSERT INTO ledger_accounts (id, kind, user_id) SELECT gen_random_uuid(), 'available', ${sqlId('user', 'n')} FROM generate_series(0, ${clippers - 1}) n;
    VACUUM ANALYZE;
    CHECKPOINT`);
}
