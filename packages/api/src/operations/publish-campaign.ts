import { campaignStatusAfter } from '@clipmeter/core/campaign-state';
import { DomainError } from '@clipmeter/core/domain-error';
import { appendAudit } from '@clipmeter/db/audit-log';
import { announceCampaign, changeStatus, lockCampaign, readOffer } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
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
    const { startsAt, deadline } = await readOffer(tx, id);
    if (deadline !== null && deadline <= at) {
      throw new DomainError('WRONG_STATE', 'The deadline has passed: set a later one before publishing.');
    }
    const to = campaignStatusAfter(campaign, startsAt !== null && startsAt > at ? 'schedule' : 'publish');
    await changeStatus(tx, { campaign, to, reason: null, actorId: actor.userId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'campaign.publish',
      subjectKind: 'campaign',
      subjectId: id,
      details: { to },
      at,
    });
    await announceCampaign(tx, id, at);
    return { ...standingOf(campaign), status: to };
  });
}
