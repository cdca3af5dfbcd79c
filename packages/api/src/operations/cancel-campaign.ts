import { campaignStatusAfter } from '@clipmeter/core/campaign-state';
import { appendAudit } from '@clipmeter/db/audit-log';
import { completeCampaign } from '@clipmeter/db/complete-campaign';
import { lockCampaign } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import type { CampaignStanding } from '#src/operations/campaign-standing.ts';

/**
 * Ends a campaign at once: nothing more is read, what is left goes back outside, what was earned is released.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function cancelCampaign(
  deps: OperationDeps,
  actor: Actor,
  { id, note }: { id: string; note?: string | undefined },
): Promise<CampaignStanding> {
  const now = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const campaign = await lockCampaign(tx, id);
    campaignStatusAfter(campaign, 'cancel');
    await completeCampaign(tx, { campaign, status: 'CANCELLED', reason: 'CANCELLED', actorId: actor.userId, now });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'campaign.cancel',
      subjectKind: 'campaign',
      subjectId: id,
      details: note === undefined ? {} : { note },
      at: now,
    });
    return { id, status: 'CANCELLED', closing: false };
  });
}
