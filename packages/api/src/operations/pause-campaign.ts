import { campaignStatusAfter } from '@clipmeter/core/campaign-state';
import { appendAudit } from '@clipmeter/db/audit-log';
import { parkCampaign } from '@clipmeter/db/campaign-schedules';
import { announceCampaign, changeStatus, lockCampaign } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { type CampaignStanding, standingOf } from '#src/operations/campaign-standing.ts';
import { refuseWhileClosing } from '#src/operations/refuse-while-closing.ts';

/**
 * Stops reading and paying. Nothing is reset: what grows during the pause counts after it.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function pauseCampaign(deps: OperationDeps, actor: Actor, { id }: { id: string }): Promise<CampaignStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const campaign = await lockCampaign(tx, id);
    refuseWhileClosing(campaign);
    const to = campaignStatusAfter(campaign, 'pause');
    await changeStatus(tx, { campaign, to, reason: null, actorId: actor.userId, at });
    await parkCampaign(tx, id);
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'campaign.pause',
      subjectKind: 'campaign',
      subjectId: id,
      at,
    });
    await announceCampaign(tx, id, at);
    return { ...standingOf(campaign), status: to };
  });
}
