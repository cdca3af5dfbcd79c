import { DomainError } from '@clipmeter/core/domain-error';
import type { Tx } from '#src/transaction.ts';

/**
 * Between the decision of a closing round and its last part, who gets what is decided and partly paid: nothing may change
 * that it was decided from. The campaign is locked.
 *
 * @throws DomainError WRONG_STATE
 */
export async function refuseWhileSettling(tx: Tx, campaignId: string): Promise<void> {
  const { rowCount } = await tx.query(
    'SELECT FROM closing_rounds WHERE campaign_id = $1 AND ended_at IS NULL AND frozen_at IS NOT NULL',
    [campaignId],
  );
  if (rowCount)
    throw new DomainError('WRONG_STATE', 'This campaign is being settled right now. Try again in a moment.');
}
