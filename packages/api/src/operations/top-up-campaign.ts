import { campaignStatusAfter } from '@clipmeter/core/campaign-state';
import { parseMicros } from '@clipmeter/core/money';
import { appendAudit } from '@clipmeter/db/audit-log';
import { newId } from '@clipmeter/db/new-id';
import { announceCampaign, fund, lockCampaign } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { type CampaignStanding, standingOf } from '#src/operations/campaign-standing.ts';
import { refuseWhileClosing } from '#src/operations/refuse-while-closing.ts';

export interface TopUp {
  id: string;
  amount: string;
  /** The caller may make it (uuid): a repeat then moves nothing. */
  fundingId?: string | undefined;
}

/**
 * Adds money to a campaign that is not over: outside → budget.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE, INVALID_MONEY
 */
export function topUpCampaign(deps: OperationDeps, actor: Actor, input: TopUp): Promise<CampaignStanding> {
  const at = deps.now();
  const amountMicros = parseMicros(input.amount);
  const fundingId = input.fundingId ?? newId();
  return withTransaction(deps.pool, async (tx) => {
    const campaign = await lockCampaign(tx, input.id);
    campaignStatusAfter(campaign, 'topUp');
    refuseWhileClosing(campaign);
    const isNew = await fund(tx, { id: fundingId, campaign, kind: 'TOP_UP', amountMicros, actorId: actor.userId, at });
    if (!isNew) return standingOf(campaign);
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'campaign.top_up',
      subjectKind: 'campaign',
      subjectId: input.id,
      details: { amount: input.amount, fundingId },
      at,
    });
    await announceCampaign(tx, input.id, at);
    return standingOf(campaign);
  });
}
