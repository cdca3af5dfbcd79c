import { campaignStatusAfter } from '@clipmeter/core/campaign-state';
import { appendAudit } from '@clipmeter/db/audit-log';
import { beginClosingRound } from '@clipmeter/db/closing-round';
import { lockCampaign } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import { type CampaignStanding, standingOf } from '#src/operations/campaign-standing.ts';

const CLOSING_LIMIT_MS = 10 * 60_000;

/**
 * Ends a campaign fairly: opens a closing round, in which every clip is read once more. The tracker settles it and makes
 * the campaign COMPLETED. A repeat while it closes changes nothing.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE
 */
export function completeCampaign(deps: OperationDeps, actor: Actor, { id }: { id: string }): Promise<CampaignStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const campaign = await lockCampaign(tx, id);
    campaignStatusAfter(campaign, 'complete'); // refuses what cannot be completed; the status changes at the round's end
    if (campaign.closingRoundId !== null) return standingOf(campaign);
    const roundId = await beginClosingRound(tx, {
      campaignId: id,
      reason: 'ADMIN',
      actorId: actor.userId,
      now: at,
      limitMs: deps.closingLimitMs ?? CLOSING_LIMIT_MS,
    });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'campaign.complete',
      subjectKind: 'campaign',
      subjectId: id,
      details: { closingRoundId: roundId },
      at,
    });
    return { ...standingOf(campaign), closing: roundId !== null };
  });
}
