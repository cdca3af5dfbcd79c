/** One comparison of a projection with the rows that it must follow from. Every row that the query answers is a difference. */
export interface AuditCheck {
  readonly kind: string;
  /** How many things are compared. */
  readonly counted: string;
  /** Differences: `subject`, `expected`, `actual` as text, the first ones first. */
  readonly differences: string;
}

const ENTRY_SIDES = `(SELECT to_account AS account, amount FROM ledger_entries UNION ALL SELECT from_account, -amount FROM ledger_entries)`;

/** Money that left a campaign's budget for clips, less what was reversed into it, by campaign. */
const SPENT = `
  SELECT a.campaign_id, sum(CASE WHEN e.movement = 'accrue' THEN e.amount ELSE -e.amount END) AS spent
  FROM ledger_entries e JOIN ledger_accounts a ON a.kind = 'budget' AND a.id = CASE WHEN e.movement = 'accrue' THEN e.from_account ELSE e.to_account END
  WHERE e.movement IN ('accrue', 'reverse') GROUP BY a.campaign_id`;

const differs = (subject: string, expected: string, actual: string, from: string) =>
  `SELECT * FROM (SELECT ${subject} AS subject, (${expected})::text AS expected, (${actual})::text AS actual,
     (${expected}) IS DISTINCT FROM (${actual}) AS differs FROM ${from}) AS compared WHERE differs ORDER BY subject`;

/**
 * The projections that SQL alone can rebuild: balances from entries, budgets from fundings, statuses from their history.
 * What needs the arithmetic of earnings is replayed (`audit-replay.ts`).
 */
export const AUDIT_CHECKS: readonly AuditCheck[] = [
  {
    kind: 'account balance = its entries',
    counted: 'SELECT count(*) FROM ledger_accounts',
    differences: differs(
      `a.kind || ' ' || a.id`,
      'COALESCE(e.balance, 0)',
      'a.balance',
      `ledger_accounts a LEFT JOIN (SELECT account, sum(amount) AS balance FROM ${ENTRY_SIDES} AS sides GROUP BY account) e ON e.account = a.id`,
    ),
  },
  {
    kind: 'entries sum to zero over all accounts',
    counted: 'SELECT count(*) FROM ledger_entries',
    differences: differs(
      `'ledger ' || t.currency`,
      '0.000000',
      't.total',
      `(SELECT currency, sum(balance) AS total FROM ledger_accounts GROUP BY currency) t`,
    ),
  },
  {
    kind: 'campaign budget = its fundings',
    counted: 'SELECT count(*) FROM campaigns',
    differences: differs(
      `'campaign ' || c.id`,
      'f.total',
      'c.budget',
      `campaigns c JOIN (SELECT campaign_id, sum(amount) AS total FROM campaign_fundings GROUP BY campaign_id) f ON f.campaign_id = c.id`,
    ),
  },
  {
    kind: 'funding = its ledger entry',
    counted: 'SELECT count(*) FROM campaign_fundings',
    differences: differs(
      `'funding ' || f.id`,
      'f.amount',
      'e.amount',
      `campaign_fundings f LEFT JOIN ledger_entries e ON e.cause_kind = 'funding' AND e.cause_id = f.id AND e.movement = 'fund'`,
    ),
  },
  {
    kind: 'campaign spent = its accruals',
    counted: 'SELECT count(*) FROM campaigns',
    differences: differs(
      `'campaign ' || c.id`,
      'COALESCE(s.spent, 0)',
      'c.spent',
      `campaigns c LEFT JOIN (${SPENT}) s ON s.campaign_id = c.id`,
    ),
  },
  {
    kind: 'budget account = what is left, nothing once final',
    counted: `SELECT count(*) FROM ledger_accounts WHERE kind = 'budget'`,
    differences: differs(
      `'campaign ' || c.id`,
      `CASE WHEN c.status IN ('COMPLETED', 'CANCELLED') THEN 0 ELSE c.budget - c.spent END`,
      'a.balance',
      `(SELECT * FROM ledger_accounts WHERE kind = 'budget') a JOIN campaigns c ON c.id = a.campaign_id`,
    ),
  },
  {
    kind: 'settlement numbers have no gap',
    counted: 'SELECT count(*) FROM settlements',
    differences: differs(
      `'campaign ' || c.id`,
      `c.settlement_number || '/' || c.settlement_number`,
      `COALESCE(s.last, 0) || '/' || COALESCE(s.n, 0)`,
      `campaigns c LEFT JOIN (SELECT campaign_id, max(number) AS last, count(*) AS n FROM settlements GROUP BY campaign_id) s ON s.campaign_id = c.id`,
    ),
  },
  {
    kind: 'settlement credited = its entries',
    counted: 'SELECT count(*) FROM settlements',
    differences: differs(
      `'settlement ' || s.id`,
      's.credited',
      'COALESCE(e.total, 0)',
      `settlements s LEFT JOIN (SELECT settlement_id, sum(amount) AS total FROM ledger_entries WHERE movement = 'accrue' GROUP BY settlement_id) e ON e.settlement_id = s.id`,
    ),
  },
  {
    kind: 'clip earnings = its accruals',
    counted: 'SELECT count(*) FROM clips',
    differences: differs(
      `'clip ' || c.id`,
      'COALESCE(e.total, 0)',
      'c.earnings',
      `clips c LEFT JOIN (SELECT clip_id, sum(CASE movement WHEN 'accrue' THEN amount WHEN 'reverse' THEN -amount ELSE 0 END) AS total
         FROM ledger_entries WHERE clip_id IS NOT NULL GROUP BY clip_id) e ON e.clip_id = c.id`,
    ),
  },
  {
    kind: 'campaign status = its history',
    counted: 'SELECT count(*) FROM campaigns',
    differences: differs(
      `'campaign ' || c.id`,
      'h.to_status',
      'c.status',
      `campaigns c LEFT JOIN LATERAL (SELECT to_status FROM campaign_status_changes x WHERE x.campaign_id = c.id ORDER BY created_at DESC, id DESC LIMIT 1) h ON true`,
    ),
  },
  {
    kind: 'submission status = its history',
    counted: 'SELECT count(*) FROM clip_submissions',
    differences: differs(
      `'submission ' || s.id`,
      'h.to_status',
      's.status',
      `clip_submissions s LEFT JOIN LATERAL (SELECT to_status FROM submission_status_changes x WHERE x.submission_id = s.id ORDER BY created_at DESC, id DESC LIMIT 1) h ON true`,
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
    kind: 'released campaigns hold no pending',
    counted: 'SELECT count(*) FROM campaigns WHERE released_at IS NOT NULL',
    differences: differs(
      `'account ' || p.id`,
      '0.000000',
      'p.balance',
      `(SELECT a.id, a.balance FROM ledger_accounts a JOIN campaigns c ON c.id = a.campaign_id WHERE a.kind = 'pending' AND c.released_at IS NOT NULL) p`,
    ),
  },
  {
    kind: 'completion refunds what was left',
    counted: 'SELECT count(*) FROM campaigns WHERE completed_at IS NOT NULL',
    differences: differs(
      `'campaign ' || c.id`,
      'c.budget - c.spent',
      'COALESCE(e.amount, 0)',
      `(SELECT * FROM campaigns WHERE completed_at IS NOT NULL) c
       LEFT JOIN ledger_entries e ON e.cause_kind = 'completion' AND e.cause_id = c.id AND e.movement = 'refund'`,
    ),
  },
];
