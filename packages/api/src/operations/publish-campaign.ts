import { campaignStatusAfter } from '@clipmeter/core/campaign-state';
import { DomainError } from '@clipmeter/core/domain-error';
import { appendAudit } from '@clipmeter/db/audit-log';
import { isArchived, readDetails } from '@clipmeter/db/campaign-details';
import { announceCampaign, changeStatus, lockCampaign } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { refuseUnlessWhole } from '#src/operations/campaign-details.ts';
import { type CampaignStanding, standingOf } from '#src/operations/campaign-standing.ts';

/**
 * Opens a draft to clippers: at once, or at its start if that is still to come (the tracker starts it then).
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function publishCampaign(deps: OperationDeps, actor: Actor, { id }: { id: string }): Promise<CampaignStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const campaign = await lockCampaign(tx, id);
    const details = await readDetails(tx, id);
    const { startsAt } = details;
    const to = campaignStatusAfter(campaign, startsAt !== null && startsAt > at ? 'schedule' : 'publish');
    if (await isArchived(tx, id)) throw new DomainError('WRONG_STATE', 'It is archived: restore it before publishing.');
    refuseUnlessWhole(details, campaign.budgetMicros, at);
    await changeStatus(tx, { campaign, to, reason: null, actorId: actor.userId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'campaign.publish',
      subjectKind: 'campaign',
      subjectId: id,
      before: { status: campaign.status },
      after: { status: to },
      at,
    });
    await announceCampaign(tx, id, at);
    return { ...standingOf(campaign), status: to };
  });
}
