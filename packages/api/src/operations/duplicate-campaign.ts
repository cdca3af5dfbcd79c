import { readDetails } from '@clipmeter/db/campaign-details';
import { newId } from '@clipmeter/db/new-id';
import { lockCampaign } from '@clipmeter/db/transact-campaign';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Actor, OperationDeps } from '#src/context.ts';
import type { CampaignStanding } from '#src/operations/campaign-standing.ts';
import { insertFunded } from '#src/operations/create-campaign.ts';

/**
 * Makes a draft of what another campaign says, whatever became of that one, with a budget of the same size. Its times are
 * left out: those of the first have mostly passed.
 *
 * @throws DomainError NOT_FOUND
 */
export function duplicateCampaign(
  deps: OperationDeps,
  actor: Actor,
  input: { id: string; newId?: string | undefined },
): Promise<CampaignStanding> {
  const at = deps.now();
  const id = input.newId ?? newId();
  return withTransaction(deps.pool, async (tx) => {
    const { budgetMicros } = await lockCampaign(tx, input.id);
    const details = { ...(await readDetails(tx, input.id)), startsAt: null, deadline: null };
    return insertFunded(tx, { id, details, budgetMicros, createdBy: actor.userId, at, copyOf: input.id });
  });
}
