import { DomainError } from '@clipmeter/core/domain-error';
import { parseMicros } from '@clipmeter/core/money';
import { appendAudit } from '@clipmeter/db/audit-log';
import { newId } from '@clipmeter/db/new-id';
import { announceCampaign, fund, insertDraft, lockCampaign } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import type { NewCampaign } from '#src/input/campaign.ts';
import { type CampaignStanding, standingOf } from '#src/operations/campaign-standing.ts';

/**
 * Makes a draft and funds it in full: outside → budget. A repeat with the same id answers with the campaign that exists.
 *
 * @throws DomainError INVALID_INPUT, INVALID_MONEY
 */
export async function createCampaign(deps: OperationDeps, actor: Actor, input: NewCampaign): Promise<CampaignStanding> {
  const at = deps.now();
  const startsAt = input.startsAt == null ? null : new Date(input.startsAt);
  const deadline = input.deadline == null ? null : new Date(input.deadline);
  if (deadline !== null && deadline <= (startsAt ?? at)) {
    throw new DomainError('INVALID_INPUT', 'The deadline must be after the start.');
  }
  const draft = {
    id: input.id ?? newId(),
    title: input.title,
    description: input.description,
    brand: input.brand,
    budgetMicros: parseMicros(input.budget),
    rateMicros: parseMicros(input.ratePer1000),
    capMicros: input.capPerClip == null ? null : parseMicros(input.capPerClip),
    minViews: BigInt(input.minViews),
    platforms: [...new Set(input.platforms)],
    startsAt,
    deadline,
    createdBy: actor.userId,
    at,
  };
  return withTransaction(deps.pool, async (tx) => {
    const isNew = await insertDraft(tx, draft);
    const campaign = await lockCampaign(tx, draft.id);
    if (!isNew) return standingOf(campaign);
    const { budgetMicros: amountMicros } = draft;
    await fund(tx, { id: newId(), campaign, kind: 'FUNDING', amountMicros, actorId: actor.userId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'campaign.create',
      subjectKind: 'campaign',
      subjectId: draft.id,
      details: { title: draft.title, budget: input.budget, ratePer1000: input.ratePer1000 },
      at,
    });
    await announceCampaign(tx, draft.id, at);
    return standingOf(campaign);
  });
}
