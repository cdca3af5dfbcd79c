import { DomainError } from '@clipmeter/core/domain-error';
import type { Tx } from '#src/transaction.ts';

/**
 * While a campaign that has ended releases what was earned, clipper by clipper, some of it is pending and some available.
 * The campaign is locked.
 *
 * @throws DomainError WRONG_STATE
 */
export async function refuseWhileReleasing(tx: Tx, campaign: { id: string; completedAt: Date | null }): Promise<void> {
  if (campaign.completedAt === null) return;
  const { rowCount } = await tx.query('SELECT FROM campaigns WHERE id = $1 AND released_at IS NULL', [campaign.id]);
  if (rowCount)
    throw new DomainError('WRONG_STATE', 'What was earned in this campaign is being released. Try again in a minute.');
}
