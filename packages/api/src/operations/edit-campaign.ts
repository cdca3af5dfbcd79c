import { campaignStatusAfter } from '@clipmeter/core/campaign-state';
import { DomainError } from '@clipmeter/core/domain-error';
import { formatDecimal, type Micros, micros, parseMicros } from '@clipmeter/core/money';
import { appendAudit } from '@clipmeter/db/audit-log';
import type { LockedCampaign } from '@clipmeter/db/batch-locks';
import { announceEdit, type CampaignDetails, readDetails, writeDetails } from '@clipmeter/db/campaign-details';
import { newId } from '@clipmeter/db/new-id';
import { announceCampaign, fund, lockCampaign, reduceDraft } from '@clipmeter/db/transact-campaign';
import { type Tx, withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import type { EditCampaign } from '#src/input/campaign-details.ts';
import { auditedDetails, refuseBadDetails, refuseUnlessWhole, withChanges } from '#src/operations/campaign-details.ts';
import { type CampaignStanding, standingOf } from '#src/operations/campaign-standing.ts';
import { refuseWhileClosing } from '#src/operations/refuse-while-closing.ts';

/**
 * Changes what a campaign says and offers. Clips that were approved keep the rate, the cap and the minimum of their
 * approval; the next approvals take the new ones. Only a draft's budget is changed here: a published one is topped up.
 *
 * @throws DomainError NOT_FOUND, WRONG_STATE, INVALID_INPUT, INVALID_MONEY
 */
export function editCampaign(
  deps: OperationDeps,
  actor: Actor,
  { id, changes }: EditCampaign,
): Promise<CampaignStanding> {
  const at = deps.now();
  return withTransaction(deps.pool, async (tx) => {
    const campaign = await lockCampaign(tx, id);
    campaignStatusAfter(campaign, 'edit');
    refuseWhileClosing(campaign);
    const before = await readDetails(tx, id);
    const after = withChanges(before, changes);
    const budgetMicros = changes.budget === undefined ? campaign.budgetMicros : parseMicros(changes.budget);
    const changed = changedFields(
      { ...auditedDetails(before), budget: formatDecimal(campaign.budgetMicros) },
      { ...auditedDetails(after), budget: formatDecimal(budgetMicros) },
    );
    if (changed === null) return standingOf(campaign);
    await refuseBadDetails(tx, after);
    if (campaign.status !== 'DRAFT') refuseForPublished(campaign, { before, after, budgetMicros, at });
    await writeDetails(tx, id, after, at);
    await setDraftBudget(tx, { campaign, budgetMicros, actorId: actor.userId, at });
    await appendAudit(tx, {
      actorId: actor.userId,
      action: 'campaign.edit',
      subjectKind: 'campaign',
      subjectId: id,
      ...changed,
      at,
    });
    await announceCampaign(tx, id, at);
    await announceEdit(tx, campaign, at);
    return standingOf(campaign);
  });
}

/** What is public stays whole, and what has happened stays as it happened. */
function refuseForPublished(
  campaign: LockedCampaign,
  edit: { before: CampaignDetails; after: CampaignDetails; budgetMicros: Micros; at: Date },
): void {
  const { before, after, budgetMicros, at } = edit;
  if (budgetMicros !== campaign.budgetMicros)
    throw new DomainError('WRONG_STATE', 'The budget of a published campaign changes by a top-up only.');
  const hasStarted = campaign.status !== 'SCHEDULED';
  if (hasStarted && after.startsAt?.getTime() !== before.startsAt?.getTime())
    throw new DomainError('WRONG_STATE', 'It has started already: its start cannot change.');
  if (!hasStarted && after.startsAt === null)
    throw new DomainError('INVALID_INPUT', 'An upcoming campaign needs a start. To start now, enter the present time.');
  refuseUnlessWhole(after, budgetMicros, at);
}

/** A draft's money follows its budget: outside ↔ budget. */
async function setDraftBudget(
  tx: Tx,
  change: { campaign: LockedCampaign; budgetMicros: Micros; actorId: string; at: Date },
): Promise<void> {
  const { campaign, budgetMicros, actorId, at } = change;
  const moreMicros = budgetMicros - campaign.budgetMicros;
  if (moreMicros > 0n)
    await fund(tx, { id: newId(), campaign, kind: 'TOP_UP', amountMicros: micros(moreMicros), actorId, at });
  if (moreMicros < 0n) await reduceDraft(tx, { campaign, amountMicros: micros(-moreMicros), actorId, at });
}

/** The fields that differ, as they were and as they are; null: none. */
function changedFields(before: Record<string, unknown>, after: Record<string, unknown>) {
  const keys = Object.keys(before).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (keys.length === 0) return null;
  const only = (all: Record<string, unknown>) => Object.fromEntries(keys.map((key) => [key, all[key]]));
  return { before: only(before), after: only(after) };
}
