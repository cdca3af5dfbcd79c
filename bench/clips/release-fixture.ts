import type { BenchDatabase } from '../harness/bench-postgres.ts';
import { fixtureId, sqlId } from './clip-fixture.ts';

/** What each clip earned before its campaign was cancelled, in dollars. */
export const EARNED = 2;

export const CAMPAIGN_ID = fixtureId('campaign', 0);

/**
 * A cancelled campaign of so many clips, dealt out evenly among its clippers, whose release is still to come; and as many
 * clips in another that goes on. Schedules are all still there: what an end leaves to the release of a very large campaign.
 */
export async function loadCancelled(database: BenchDatabase, clips: number, clippers: number): Promise<void> {
  const all = `generate_series(0, ${2 * clips - 1}) n`;
  const campaign = sqlId('campaign', `(n / ${clips})`);
  await database.load(`
    INSERT INTO users (id, name, email, created_at)
      SELECT ${sqlId('user', 'n')}, 'Clipper ' || n, n || '@example.com', now() FROM generate_series(0, ${clippers - 1}) n;
    INSERT INTO campaigns (id, title, brand, budget, spent, payout_rate, platforms, status, completed_at, completion_reason, created_by)
      VALUES ('${CAMPAIGN_ID}', 'Cancelled', 'Brand', 1000000000, ${clips * EARNED}, 2, '{TIKTOK}', 'CANCELLED', now(), 'CANCELLED', ${sqlId('user', '0')}),
        ('${fixtureId('campaign', 1)}', 'Running', 'Brand', 1000000000, ${clips * EARNED}, 2, '{TIKTOK}', 'ACTIVE', NULL, NULL, ${sqlId('user', '0')});
    INSERT INTO clips (id, platform, external_id, url, title, author_handle, availability, views, metric, earnings, last_read_at)
      SELECT ${sqlId('clip', 'n')}, 'TIKTOK', n::text, 'https://www.tiktok.com/@clipper/video/' || n, 'Clip ' || n, 'clipper', 'LIVE',
        2000, 'plays', ${EARNED}, now() FROM ${all};
    INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id, status, approved_at, metric, initial_views, payout_rate, min_views)
      SELECT ${sqlId('submission', 'n')}, ${campaign}, ${sqlId('clip', 'n')}, ${sqlId('user', `(n % ${clippers})`)}, 'APPROVED', now(), 'plays', 1000, 2, 0 FROM ${all};
    INSERT INTO clip_schedules (clip_id, platform, next_due_at) SELECT ${sqlId('clip', 'n')}, 'TIKTOK', now() FROM ${all};
    INSERT INTO ledger_accounts (id, kind, campaign_id, user_id, balance)
      SELECT gen_random_uuid(), 'pending', ${sqlId('campaign', 'c')}, ${sqlId('user', 'n')}, ${(clips / clippers) * EARNED}
      FROM generate_series(0, ${clippers - 1}) n, generate_series(0, 1) c;
    INSERT INTO ledger_accounts (id, kind, user_id) SELECT gen_random_uuid(), 'available', ${sqlId('user', 'n')} FROM generate_series(0, ${clippers - 1}) n;
    VACUUM ANALYZE;
    CHECKPOINT`);
}
