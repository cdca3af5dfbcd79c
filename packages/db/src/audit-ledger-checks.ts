import { type AuditCheck, differs } from '#src/audit-check.ts';

const ENTRY_SIDES = `(SELECT to_account AS account, amount FROM ledger_entries UNION ALL SELECT from_account, -amount FROM ledger_entries)`;

/** Money that left a campaign's budget for clips, less what was reversed into it, by campaign. */
const SPENT = `
  SELECT a.campaign_id, sum(CASE WHEN e.movement = 'accrue' THEN e.amount ELSE -e.amount END) AS spent
  FROM ledger_entries e JOIN ledger_accounts a ON a.kind = 'budget' AND a.id = CASE WHEN e.movement = 'accrue' THEN e.from_account ELSE e.to_account END
  WHERE e.movement IN ('accrue', 'reverse') GROUP BY a.campaign_id`;

/** What each revoked submission was credited between its approval and its revocation, and what of that was taken back. */
const REVERSED = `
  SELECT t.submission_id, t.reversed, COALESCE((
    SELECT sum(e.amount) FROM ledger_entries e JOIN settlements x ON x.id = e.settlement_id AND x.campaign_id = s.campaign_id
    WHERE e.movement = 'accrue' AND e.clip_id = s.clip_id
      AND x.number > (SELECT min(m.settlement_number) FROM submission_terms m WHERE m.submission_id = s.id)
      AND x.number <= (SELECT h.settlement_number FROM submission_status_changes h WHERE h.submission_id = s.id AND h.to_status = 'REVOKED')
  ), 0) AS earned
  FROM (SELECT submission_id, sum(amount) AS reversed FROM earnings_reversals GROUP BY submission_id) t
    JOIN clip_submissions s ON s.id = t.submission_id`;

/** Whether an entry goes between accounts that its movement may join, and has the cause that such an entry has. */
const FITS = `CASE e.movement
  WHEN 'fund' THEN f.kind = 'outside' AND t.kind = 'budget'
    AND EXISTS (SELECT FROM campaign_fundings x WHERE x.id = e.cause_id AND x.campaign_id = t.campaign_id AND x.kind <> 'REDUCTION')
  WHEN 'refund' THEN f.kind = 'budget' AND t.kind = 'outside' AND (e.cause_id = f.campaign_id
    OR EXISTS (SELECT FROM campaign_fundings x WHERE x.id = e.cause_id AND x.campaign_id = f.campaign_id AND x.kind = 'REDUCTION'))
  WHEN 'accrue' THEN f.kind = 'budget' AND t.kind = 'pending' AND f.campaign_id = t.campaign_id
    AND EXISTS (SELECT FROM settlements x WHERE x.id = e.settlement_id AND x.campaign_id = f.campaign_id)
    AND EXISTS (SELECT FROM clip_submissions x WHERE x.clip_id = e.clip_id AND x.campaign_id = f.campaign_id
      AND x.user_id = t.user_id AND x.status IN ('APPROVED', 'REVOKED'))
  WHEN 'release' THEN f.kind = 'pending' AND t.kind = 'available' AND f.user_id = t.user_id AND e.cause_id = f.campaign_id
    AND EXISTS (SELECT FROM campaigns x WHERE x.id = f.campaign_id AND x.completed_at IS NOT NULL)
  WHEN 'reserve' THEN f.kind = 'available' AND t.kind = 'reserved' AND f.user_id = t.user_id
  WHEN 'unreserve' THEN f.kind = 'reserved' AND t.kind = 'available' AND f.user_id = t.user_id
  WHEN 'pay' THEN f.kind = 'reserved' AND t.kind = 'paid' AND f.user_id = t.user_id
  WHEN 'fee' THEN f.kind = 'reserved' AND t.kind = 'fees'
  WHEN 'return' THEN f.kind = 'paid' AND t.kind = 'available' AND f.user_id = t.user_id
  WHEN 'reverse' THEN EXISTS (SELECT FROM earnings_reversals x JOIN clip_submissions y ON y.id = x.submission_id
    WHERE x.id = e.cause_id AND x.from_kind = f.kind AND y.status = 'REVOKED' AND y.clip_id = e.clip_id AND y.user_id = f.user_id
      AND (f.kind = 'pending' AND t.kind = 'budget' AND f.campaign_id = y.campaign_id AND t.campaign_id = y.campaign_id
        OR f.kind = 'available' AND t.kind = 'outside'))
  ELSE false END`;

/**
 * The projections of the ledger that SQL alone can rebuild: balances from entries, budgets from fundings. What needs the
 * arithmetic of earnings is replayed (`audit-replay.ts`).
 */
export const LEDGER_CHECKS: readonly AuditCheck[] = [
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
    kind: 'entry = its accounts and cause',
    counted: 'SELECT count(*) FROM ledger_entries',
    differences: differs(
      `'entry ' || e.id`,
      `e.movement || ' between accounts, and with a cause, that fit it'`,
      `CASE WHEN ${FITS} THEN e.movement || ' between accounts, and with a cause, that fit it'
         ELSE e.movement || ' from ' || f.kind || ' ' || f.id || ' to ' || t.kind || ' ' || t.id END`,
      'ledger_entries e JOIN ledger_accounts f ON f.id = e.from_account JOIN ledger_accounts t ON t.id = e.to_account',
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
      'COALESCE(f.total, 0)',
      'c.budget',
      `campaigns c LEFT JOIN (SELECT campaign_id, sum(CASE kind WHEN 'REDUCTION' THEN -amount ELSE amount END) AS total
         FROM campaign_fundings GROUP BY campaign_id) f ON f.campaign_id = c.id`,
    ),
  },
  {
    kind: 'funding = its ledger entry',
    counted: 'SELECT count(*) FROM campaign_fundings',
    differences: differs(
      `'funding ' || f.id`,
      'f.amount',
      'e.amount',
      `campaign_fundings f LEFT JOIN ledger_entries e ON e.cause_kind = 'funding' AND e.cause_id = f.id
         AND e.movement = CASE f.kind WHEN 'REDUCTION' THEN 'refund' ELSE 'fund' END`,
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
      // A lifetime figure: what was taken back stands beside it.
      `clips c LEFT JOIN (SELECT clip_id, sum(amount) AS total FROM ledger_entries
         WHERE clip_id IS NOT NULL AND movement = 'accrue' GROUP BY clip_id) e ON e.clip_id = c.id`,
    ),
  },
  {
    kind: 'reversal = its ledger entry',
    counted: 'SELECT count(*) FROM earnings_reversals',
    differences: differs(
      `'reversal ' || r.id`,
      'r.amount',
      'COALESCE(e.amount, 0)',
      `earnings_reversals r LEFT JOIN ledger_entries e ON e.cause_kind = 'reversal' AND e.cause_id = r.id AND e.movement = 'reverse'`,
    ),
  },
  {
    kind: 'reversed at most what was earned',
    counted: 'SELECT count(DISTINCT submission_id) FROM earnings_reversals',
    differences: differs(
      `'submission ' || r.submission_id`,
      'LEAST(r.reversed, r.earned)',
      'r.reversed',
      `(${REVERSED}) r`,
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
