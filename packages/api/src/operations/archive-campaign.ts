import { campaignStatusAfter } from '@clipmeter/core/campaign-state';
import { appendAudit } from '@clipmeter/db/audit-log';
import { announceEdit, setArchived } from '@clipmeter/db/campaign-details';
import { announceCampaign, lockCampaign } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { type CampaignStanding, standingOf } from '#src/operations/campaign-standing.ts';

/**
 * Hides a campaign from lists, or shows it again. Its money is as it was, and so is its page for whoever has its address.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function archiveCampaign(
  deps: OperationDeps,
  actor: Actor,
  { id, archived }: { id: string; archived: boolean },
): Promise<CampaignStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const campaign = await lockCampaign(tx, id);
    campaignStatusAfter(campaign, archived ? 'archive' : 'restore');
    if (!(await setArchived(tx, id, archived, at))) return standingOf(campaign);
    await appendAudit(tx, {
      actorId: actor.userId,
      action: archived ? 'campaign.archive' : 'campaign.restore',
      subjectKind: 'campaign',
      subjectId: id,
      before: { archived: !archived },
      after: { archived },
      at,
    });
    await announceCampaign(tx, id, at);
    await announceEdit(tx, campaign, at);
    return standingOf(campaign);
  });
}
