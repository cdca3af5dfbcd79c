import { type AuditCheck, differs } from '#src/audit-check.ts';

/**
 * The status that a history leads to: the one that was entered once more than it was left. Clocks, of which every process
 * has its own, have no say in it.
 */
const lastOf = (changes: string) => `(
  SELECT string_agg(status, ' and ' ORDER BY status) FROM (
    SELECT status FROM ${changes} h CROSS JOIN LATERAL (VALUES (h.to_status, 1), (h.from_status, -1)) AS m (status, n)
    WHERE status IS NOT NULL GROUP BY status HAVING sum(n) <> 0) AS net)`;

/** What campaigns and submissions are, against the rows that record how they became it. */
export const HISTORY_CHECKS: readonly AuditCheck[] = [
  {
    kind: 'campaign status = its history',
    counted: 'SELECT count(*) FROM campaigns',
    differences: differs(
      `'campaign ' || c.id`,
      lastOf('(SELECT * FROM campaign_status_changes x WHERE x.campaign_id = c.id)'),
      'c.status',
      'campaigns c',
    ),
  },
  {
    kind: 'campaign end = its history',
    counted: 'SELECT count(*) FROM campaigns WHERE completed_at IS NOT NULL',
    differences: differs(
      `'campaign ' || c.id`,
      'ROW(h.reason, h.created_at)',
      'ROW(c.completion_reason, c.completed_at)',
      `campaigns c LEFT JOIN campaign_status_changes h ON h.campaign_id = c.id AND h.to_status IN ('COMPLETED', 'CANCELLED')`,
    ),
  },
  {
    kind: 'settlement status = its campaign’s then',
    counted: 'SELECT count(*) FROM settlements',
    differences: differs(
      `'settlement ' || s.id`,
      lastOf(
        `(SELECT * FROM campaign_status_changes x WHERE x.campaign_id = s.campaign_id AND x.settlement_number < s.number)`,
      ),
      's.status',
      'settlements s',
    ),
  },
  {
    kind: 'submission status = its history',
    counted: 'SELECT count(*) FROM clip_submissions',
    differences: differs(
      `'submission ' || s.id`,
      lastOf('(SELECT * FROM submission_status_changes x WHERE x.submission_id = s.id)'),
      's.status',
      'clip_submissions s',
    ),
  },
  {
    kind: 'submission on hold = its history',
    counted: 'SELECT count(DISTINCT submission_id) FROM submission_hold_changes',
    differences: differs(
      `'submission ' || s.id`,
      `COALESCE((SELECT h.held FROM submission_hold_changes h WHERE h.submission_id = s.id ORDER BY number DESC LIMIT 1), false)`,
      's.held_at IS NOT NULL',
      'clip_submissions s',
    ),
  },
  {
    kind: 'frozen terms = the latest recorded',
    counted: `SELECT count(*) FROM clip_submissions WHERE status IN ('APPROVED', 'REVOKED')`,
    differences: differs(
      `'submission ' || s.id`,
      `ROW(t.metric, t.initial_views, t.payout_rate, t.cap, t.min_views, t.carried, t.earnings_base)`,
      `ROW(s.metric, s.initial_views, s.payout_rate, s.cap, s.min_views, s.carried, s.earnings_base)`,
      `(SELECT * FROM clip_submissions WHERE status IN ('APPROVED', 'REVOKED')) s
       LEFT JOIN LATERAL (SELECT * FROM submission_terms x WHERE x.submission_id = s.id ORDER BY number DESC LIMIT 1) t ON true`,
    ),
  },
  {
    kind: 'final earnings exist = its campaign has released',
    counted: `SELECT count(*) FROM clip_submissions WHERE status = 'APPROVED'`,
    differences: differs(
      `'submission ' || s.id`,
      // While a release is under way some have theirs and some wait.
      `CASE WHEN c.released_at IS NOT NULL THEN 'final' WHEN c.completed_at IS NULL THEN 'running' ELSE s.state END`,
      's.state',
      `(SELECT *, CASE WHEN final_earnings IS NULL THEN 'running' ELSE 'final' END AS state FROM clip_submissions WHERE status = 'APPROVED') s
       JOIN campaigns c ON c.id = s.campaign_id`,
    ),
  },
];
