import { v7 as uuidv7 } from 'uuid';
import { lockCampaigns } from '#src/batch-locks.ts';
import type { HeldWrite } from '#src/batch-plan.ts';
import { campaignEvents } from '#src/campaign-events.ts';
import { appendEvents } from '#src/event-log.ts';
import type { Tx } from '#src/transaction.ts';
import { countsJson } from '#src/write-batch.ts';

export type ClosingReason = 'BUDGET' | 'DEADLINE' | 'ADMIN';

export interface ClosingStart {
  readonly campaignId: string;
  readonly reason: ClosingReason;
  /** Null: the tracker did it. */
  readonly actorId: string | null;
  readonly now: Date;
  /** How long the round may take at most before it settles with what it has. */
  readonly limitMs: number;
}

/**
 * Begins a closing round: every approved clip of the campaign is due at once, what is read from now on is held, and
 * `finishClosingRound` settles it all together. Locks the campaign (lock it before, after its clips, if more is needed).
 *
 * @returns the round's id; null if the campaign is final or one is open already
 */
export async function beginClosingRound(tx: Tx, start: ClosingStart): Promise<string | null> {
  const campaign = (await lockCampaigns(tx, [start.campaignId])).get(start.campaignId);
  if (!campaign || campaign.closingRoundId !== null) return null;
  if (campaign.status !== 'ACTIVE' && campaign.status !== 'PAUSED') return null;
  const roundId = uuidv7();
  await tx.query(
    `WITH wanted AS (
       SELECT s.clip_id FROM clip_schedules s JOIN clip_submissions cs ON cs.clip_id = s.clip_id
       WHERE cs.campaign_id = $1 AND cs.status = 'APPROVED' AND cs.held_at IS NULL ORDER BY s.clip_id FOR NO KEY UPDATE OF s)
     UPDATE clip_schedules s SET next_due_at = $2, urgent = true FROM wanted WHERE s.clip_id = wanted.clip_id`,
    [campaign.id, start.now],
  );
  await tx.query(
    'INSERT INTO closing_rounds (id, campaign_id, reason, actor_id, started_at, limit_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [roundId, campaign.id, start.reason, start.actorId, start.now, new Date(start.now.getTime() + start.limitMs)],
  );
  await tx.query('UPDATE campaigns SET closing_round_id = $2, version = version + 1, updated_at = $3 WHERE id = $1', [
    campaign.id,
    roundId,
    start.now,
  ]);
  await appendEvents(tx, await campaignEvents(tx, [campaign.id], start.now));
  return roundId;
}

/**
 * Keeps observations for their rounds' ends. The first definite answer of a clip counts, but one from before the round
 * only until there is a count of the round's own.
 */
export async function holdObservations(
  tx: Tx,
  held: readonly HeldWrite[],
  run: { runId: string; endedAt: Date },
): Promise<void> {
  if (held.length === 0) return;
  const counts = held.map(({ outcome }) => (outcome.kind === 'found' ? outcome.counts : {}));
  await tx.query(
    `INSERT INTO held_observations (round_id, clip_id, run_id, date, outcome, counts)
     SELECT h.round_id, h.clip_id, $4, $5, h.outcome, h.counts
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $6::jsonb[]) AS h (round_id, clip_id, outcome, counts)
     ON CONFLICT (round_id, clip_id) DO UPDATE
       SET run_id = EXCLUDED.run_id, date = EXCLUDED.date, outcome = EXCLUDED.outcome, counts = EXCLUDED.counts
       WHERE (EXCLUDED.outcome = 'found' OR held_observations.outcome <> 'found')
         AND EXCLUDED.date > held_observations.date
         AND held_observations.date < (SELECT started_at FROM closing_rounds r WHERE r.id = held_observations.round_id)`,
    [
      held.map((row) => row.roundId),
      held.map((row) => row.clipId),
      held.map((row) => row.outcome.kind),
      run.runId,
      run.endedAt,
      counts.map(countsJson),
    ],
  );
}
