import { type Counts, METRICS } from '@clipmeter/core/platform';
import type { ClosingReason } from '#src/closing-round.ts';
import type { Tx } from '#src/transaction.ts';

/** An answer that waits for its round's end. */
export interface Held {
  readonly runId: string;
  readonly date: Date;
  readonly outcome: string;
  readonly counts: Counts;
}

/** A closing round that is open. */
export interface Round {
  readonly id: string;
  readonly campaignId: string;
  readonly reason: ClosingReason;
  readonly actorId: string | null;
  readonly limitAt: Date;
}

export async function readRound(tx: Tx, roundId: string): Promise<Round | null> {
  const { rows } = await tx.query<{
    id: string;
    campaign_id: string;
    reason: ClosingReason;
    actor_id: string | null;
    limit_at: Date;
  }>('SELECT id, campaign_id, reason, actor_id, limit_at FROM closing_rounds WHERE id = $1 AND ended_at IS NULL', [
    roundId,
  ]);
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    campaignId: row.campaign_id,
    reason: row.reason,
    actorId: row.actor_id,
    limitAt: row.limit_at,
  };
}

export async function approvedClips(tx: Tx, campaignId: string): Promise<string[]> {
  const { rows } = await tx.query<{ clip_id: string }>(
    `SELECT clip_id FROM clip_submissions WHERE campaign_id = $1 AND status = 'APPROVED'`,
    [campaignId],
  );
  return rows.map((row) => row.clip_id);
}

export async function readHeld(tx: Tx, roundId: string): Promise<ReadonlyMap<string, Held>> {
  const { rows } = await tx.query<{
    clip_id: string;
    run_id: string;
    date: Date;
    outcome: string;
    counts: Record<string, string>;
  }>(
    `SELECT clip_id, run_id, date, outcome,
       (SELECT COALESCE(jsonb_object_agg(key, value), '{}') FROM jsonb_each_text(counts)) AS counts
     FROM held_observations WHERE round_id = $1`,
    [roundId],
  );
  return new Map(
    rows.map((row) => [
      row.clip_id,
      { runId: row.run_id, date: row.date, outcome: row.outcome, counts: countsOf(row.counts) },
    ]),
  );
}

function countsOf(stored: Record<string, string>): Counts {
  const counts: Counts = {};
  for (const metric of METRICS) {
    const count = stored[metric];
    if (count !== undefined) counts[metric] = BigInt(count);
  }
  return counts;
}
