import { campaignStatusAfter } from '@clipmeter/core/campaign-state';
import { appendAudit } from '@clipmeter/db/audit-log';
import { wakeCampaign } from '@clipmeter/db/campaign-schedules';
import { announceCampaign, changeStatus, lockCampaign } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { type CampaignStanding, standingOf } from '#src/operations/campaign-standing.ts';

/**
 * Ends a pause. Baselines and terms stay as they were, so the growth of the pause is paid by the first read after it.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function resumeCampaign(deps: OperationDeps, actor: Actor, { id }: { id: string }): Promise<CampaignStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const campaign = await lockCampaign(tx, id);
    const to = campaignStatusAfter(campaign, 'resume');
    await changeStatus(tx, { campaign, to, reason: null, actorId: actor.userId, at });
    // A closing round has made them due already, at its own pace.
    if (campaign.closingRoundId === null) await wakeCampaign(tx, id, at);
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'campaign.resume',
      subjectKind: 'campaign',
      subjectId: id,
      at,
    });
    await announceCampaign(tx, id, at);
    return { ...standingOf(campaign), status: to };
  });
}
