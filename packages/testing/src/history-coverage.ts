import type { Pool } from '@clipmeter/db/connect';

/** How often each thing happened that a history is there to try, by a name. */
export type Coverage = ReadonlyMap<string, number>;

const COUNTED: Readonly<Record<string, string>> = {
  'approved with a baseline': `FROM clip_submissions WHERE approved_at IS NOT NULL`,
  'submitted again after an end': `FROM clip_submissions s WHERE EXISTS (
    SELECT FROM clip_submissions e WHERE e.clip_id = s.clip_id AND e.status IN ('REVOKED', 'REJECTED') AND e.created_at < s.created_at)`,
  revoked: `FROM clip_submissions WHERE status = 'REVOKED'`,
  'revoked after it had earned': `FROM clip_submissions s WHERE status = 'REVOKED' AND EXISTS (
    SELECT FROM ledger_entries e JOIN settlements x ON x.id = e.settlement_id WHERE e.clip_id = s.clip_id AND x.campaign_id = s.campaign_id)`,
  'reversed into the budget': `FROM earnings_reversals WHERE from_kind = 'pending'`,
  'reversed after the campaign': `FROM earnings_reversals WHERE from_kind = 'available'`,
  rejected: `FROM clip_submissions WHERE status = 'REJECTED'`,
  paused: `FROM campaign_status_changes WHERE to_status = 'PAUSED'`,
  resumed: `FROM campaign_status_changes WHERE from_status = 'PAUSED' AND to_status = 'ACTIVE'`,
  'topped up': `FROM campaign_fundings WHERE kind = 'TOP_UP'`,
  'closing round for the budget': `FROM closing_rounds WHERE reason = 'BUDGET'`,
  'closing round for the deadline': `FROM closing_rounds WHERE reason = 'DEADLINE'`,
  'closing round by an admin': `FROM closing_rounds WHERE reason = 'ADMIN'`,
  'closing round after which the campaign went on': `FROM settlements s JOIN campaigns c ON c.id = s.campaign_id
    WHERE s.kind = 'CLOSING' AND (c.completed_at IS NULL OR s.number < c.settlement_number)`,
  'closing round settled in parts': `FROM closing_rounds WHERE decided_at IS NOT NULL`,
  'ended on its budget': `FROM campaigns WHERE completion_reason = 'BUDGET'`,
  'ended on its deadline': `FROM campaigns WHERE completion_reason = 'DEADLINE'`,
  'ended by an admin': `FROM campaigns WHERE completion_reason = 'ADMIN'`,
  cancelled: `FROM campaigns WHERE completion_reason = 'CANCELLED'`,
  released: `FROM campaigns WHERE released_at IS NOT NULL`,
  'shared what was left': `FROM settlements WHERE owed > credited AND credited = left_before AND credited > 0`,
};

/** What a history did, read from what it left. */
export async function coverageOf(pool: Pool): Promise<Coverage> {
  const counts = Object.values(COUNTED).map((from, i) => `(SELECT count(*)::int ${from}) AS c${i}`);
  const { rows } = await pool.query<Record<string, number>>(`SELECT ${counts.join(', ')}`);
  return new Map(Object.keys(COUNTED).map((name, i) => [name, rows[0]?.[`c${i}`] ?? 0]));
}

/** Several histories as one. */
export function addCoverage(total: Map<string, number>, more: Coverage): void {
  for (const [name, count] of more) total.set(name, (total.get(name) ?? 0) + count);
}
