import { DomainError } from '@clipmeter/core/domain-error';
import { formatDecimal, type Micros, parseMicros } from '@clipmeter/core/money';
import { appendAudit } from '@clipmeter/db/audit-log';
import type { CampaignDetails } from '@clipmeter/db/campaign-details';
import { newId } from '@clipmeter/db/new-id';
import { announceCampaign, fund, insertDraft, lockCampaign } from '@clipmeter/db/transact-campaign';
import { type Tx, withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import type { NewCampaign } from '#src/input/campaign-details.ts';
import { auditedDetails, NO_DETAILS, refuseBadDetails, withChanges } from '#src/operations/campaign-details.ts';
import { type CampaignStanding, standingOf } from '#src/operations/campaign-standing.ts';

/**
 * Makes a draft and funds it in full: outside → budget. A repeat with the same id answers with the campaign that exists.
 *
 * @throws DomainError INVALID_INPUT, INVALID_MONEY
 */
export async function createCampaign(deps: OperationDeps, actor: Actor, input: NewCampaign): Promise<CampaignStanding> {
  const at = deps.now();
  const details = withChanges(NO_DETAILS, input);
  if (details.deadline !== null && details.deadline <= at)
    throw new DomainError('INVALID_INPUT', 'The deadline must be in the future.');
  return withTransaction(deps.pool, async (tx) => {
    await refuseBadDetails(tx, details);
    const budgetMicros = parseMicros(input.budget);
    return insertFunded(tx, { id: input.id ?? newId(), details, budgetMicros, createdBy: actor.userId, at });
  });
}

/** A draft with its money and its line in the audit log; `copyOf`: the campaign that it was made from. */
export async function insertFunded(
  tx: Tx,
  draft: {
    id: string;
    details: CampaignDetails;
    budgetMicros: Micros;
    createdBy: string;
    at: Date;
    copyOf?: string;
  },
): Promise<CampaignStanding> {
  const { id, details, budgetMicros: amountMicros, createdBy: actorId, at, copyOf } = draft;
  const isNew = await insertDraft(tx, draft);
  const campaign = await lockCampaign(tx, id);
  if (!isNew) return standingOf(campaign);
  await fund(tx, { id: newId(), campaign, kind: 'FUNDING', amountMicros, actorId, at });
  await appendAudit(tx, {
    actorId,
    action: copyOf === undefined ? 'campaign.create' : 'campaign.duplicate',
    subjectKind: 'campaign',
    subjectId: id,
    after: { ...auditedDetails(details), budget: formatDecimal(amountMicros) },
    ...(copyOf !== undefined && { details: { copyOf } }),
    at,
  });
  await announceCampaign(tx, id, at);
  return standingOf(campaign);
}
