import { fixtureId, sqlId } from '../clips/clip-fixture.ts';
import type { BenchDatabase } from '../harness/bench-postgres.ts';

/** The clipper whose lists are long; the admin comes after all clippers. */
export const CLIPPER_ID = fixtureId('user', 0);
export const adminIdOf = (rows: number) => fixtureId('user', rows);
/** The clip whose statement is long. */
export const SUBMISSION_ID = fixtureId('submission', 0);

/**
 * Every list so many rows long: people, campaigns, one clipper's approved clips (all of them on hold too), submissions that
 * wait and that were asked for, decisions, the credits of one clip, settlements, acts, notices. A row a second, up to now.
 */
export async function loadLists(database: BenchDatabase, rows: number): Promise<void> {
  const each = `generate_series(0, ${rows - 1}) n`;
  const at = (n: string) => `now() - (${rows} - ${n}) * interval '1 second'`;
  const admin = sqlId('user', String(rows));
  const mara = sqlId('user', '0');
  await database.load(`
    INSERT INTO users (id, name, email, role, created_at)
      SELECT ${sqlId('user', 'n')}, 'Clipper ' || n, n || '@example.com', CASE WHEN n = ${rows} THEN 'ADMIN' ELSE 'CLIPPER' END, ${at('n')}
      FROM generate_series(0, ${rows}) n;
    INSERT INTO campaigns (id, title, brand, budget, spent, payout_rate, platforms, status, deadline, created_by, created_at)
      SELECT ${sqlId('campaign', 'n')}, 'Campaign ' || n, 'Brand ' || n % 100, 1000000, n % 1000, 1 + n % 7, '{TIKTOK}', 'ACTIVE',
        now() + n * interval '1 minute', ${admin}, ${at('n')} FROM ${each};
    INSERT INTO clips (id, platform, external_id, url, title, author_handle, availability, views, metric, earnings, last_read_at)
      SELECT ${sqlId('clip', 'n')}, 'TIKTOK', n::text, 'https://www.tiktok.com/@clipper/video/' || n, 'Clip ' || n, 'clipper', 'LIVE',
        2000, 'plays', ${rows}, now() FROM generate_series(0, ${3 * rows - 1}) n;
    INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id, status, approval_requested_at, approved_at, held_at, held_reason,
        first_read_at, metric, initial_views, payout_rate, min_views, created_at)
      SELECT ${sqlId('submission', 'n')}, ${sqlId('campaign', 'n')}, ${sqlId('clip', 'n')}, ${mara}, 'APPROVED', ${at('n')}, ${at('n')}, ${at('n')},
        'another author', ${at('n')}, 'plays', 1000, 2, 0, ${at('n')} FROM ${each};
    INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id, approval_requested_at, approval_requested_by, first_read_at, created_at)
      SELECT ${sqlId('submission', 'n')}, ${sqlId('campaign', `(n % ${rows})`)}, ${sqlId('clip', 'n')}, ${sqlId('user', `(1 + n % ${rows - 1})`)},
        CASE WHEN n >= ${2 * rows} THEN ${at(`(n - ${2 * rows})`)} END, CASE WHEN n >= ${2 * rows} THEN ${admin} END, ${at(`(n % ${rows})`)}, ${at(`(n % ${rows})`)}
      FROM generate_series(${rows}, ${3 * rows - 1}) n;
    INSERT INTO submission_terms (submission_id, number, metric, initial_views, payout_rate, min_views, carried, earnings_base, settlement_number, created_at)
      SELECT ${sqlId('submission', 'n')}, 1, 'plays', 1000, 2, 0, 0, 0, 0, ${at('n')} FROM ${each};
    INSERT INTO submission_status_changes (id, submission_id, from_status, to_status, settlement_number, actor_id, created_at)
      SELECT ${sqlId('run', 'n')}, ${sqlId('submission', 'n')}, 'PENDING', 'APPROVED', 0, ${admin}, ${at('n')} FROM ${each};
    INSERT INTO settlements (id, campaign_id, number, kind, left_before, owed, credited, status, created_at)
      SELECT ${sqlId('settlement', 'n')}, ${sqlId('campaign', '0')}, n + 1, 'BATCH', 1000000, 1, 1, 'ACTIVE', ${at('n')} FROM ${each};
    INSERT INTO ledger_accounts (id, kind, campaign_id, balance) VALUES (${sqlId('budget', '0')}, 'budget', ${sqlId('campaign', '0')}, 1000000);
    INSERT INTO ledger_accounts (id, kind, campaign_id, user_id, balance)
      VALUES (${sqlId('pending', '0')}, 'pending', ${sqlId('campaign', '0')}, ${mara}, ${rows});
    INSERT INTO view_tracking (clip_id, run_id, date, platform, metric, views, settlement_id)
      SELECT ${sqlId('clip', '0')}, ${sqlId('run', 'n')}, ${at('n')}, 'TIKTOK', 'plays', 1000 + n * 500, ${sqlId('settlement', 'n')} FROM ${each};
    INSERT INTO ledger_entries (cause_kind, cause_id, movement, from_account, to_account, amount, clip_id, settlement_id, event_at)
      SELECT 'snapshot', ${sqlId('cause', 'n')}, 'accrue', ${sqlId('budget', '0')}, ${sqlId('pending', '0')}, 1, ${sqlId('clip', '0')},
        ${sqlId('settlement', 'n')}, ${at('n')} FROM ${each};
    INSERT INTO audit_log (id, actor_id, action, subject_kind, subject_id, created_at)
      SELECT ${sqlId('cause', 'n')}, ${admin}, 'campaign.pause', 'campaign', ${sqlId('campaign', 'n')}::text, ${at('n')} FROM ${each};
    INSERT INTO notifications (id, user_id, kind, cause, title, body, created_at)
      SELECT ${sqlId('cause', 'n')}, ${mara}, 'submission.approved', n::text, 'Approved', 'It counts.', ${at('n')} FROM ${each};
    VACUUM ANALYZE;
    CHECKPOINT`);
}
