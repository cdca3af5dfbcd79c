import type { ShareRule } from '@clipmeter/core/allocation';
import type { ClipId } from '@clipmeter/core/id';
import { type Counts, METRICS } from '@clipmeter/core/platform';
import type { SettleLimits } from '@clipmeter/core/settlement';
import type { ClosingReason } from '#src/closing-round.ts';
import type { Queryable } from '#src/connect.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import type { SubmissionPlace } from '#src/submission-place.ts';

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
  /** The bounds of a doubtful jump, once it is frozen: nothing more is held then. */
  readonly limits: SettleLimits | null;
  /** What it pays, once that is decided: it is settled in parts. */
  readonly rule: ShareRule | null;
}

/** The round, if it is open. */
export async function readRound(client: Queryable, roundId: string): Promise<Round | null> {
  const { rows } = await client.query<{
    id: string;
    campaign_id: string;
    reason: ClosingReason;
    actor_id: string | null;
    limit_at: Date;
    jump_factor: string | null;
    jump_floor_views: string | null;
    decided_left: string | null;
    decided_owed_total: string | null;
    lucky_remainder: string | null;
    lucky_clip_id: ClipId | null;
  }>(
    `SELECT id, campaign_id, reason, actor_id, limit_at, jump_factor, jump_floor_views, decided_left, decided_owed_total,
       lucky_remainder, lucky_clip_id FROM closing_rounds WHERE id = $1 AND ended_at IS NULL`,
    [roundId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    campaignId: row.campaign_id,
    reason: row.reason,
    actorId: row.actor_id,
    limitAt: row.limit_at,
    limits:
      row.jump_factor === null || row.jump_floor_views === null
        ? null
        : { jumpFactor: BigInt(row.jump_factor), jumpFloorViews: BigInt(row.jump_floor_views) },
    rule: ruleOf(row),
  };
}

/** The rule of a decided round as its row keeps it; null before it is decided. */
export function ruleOf(row: {
  decided_left: string | null;
  decided_owed_total: string | null;
  lucky_remainder: string | null;
  lucky_clip_id: ClipId | null;
}): ShareRule | null {
  if (row.decided_left === null || row.decided_owed_total === null) return null;
  return {
    leftMicros: microsFromNumeric(row.decided_left),
    owedTotal: BigInt(row.decided_owed_total),
    lastLucky:
      row.lucky_remainder === null || row.lucky_clip_id === null
        ? null
        : { remainder: BigInt(row.lucky_remainder), clipId: row.lucky_clip_id },
  };
}

/** How far the parts of a round have come; null before the first. */
export async function readThrough(client: Queryable, roundId: string): Promise<SubmissionPlace | null> {
  const { rows } = await client.query<{ user_id: string | null; submission_id: string | null }>(
    `SELECT through_user_id AS user_id, through_submission_id AS submission_id FROM settlements
     WHERE round_id = $1 ORDER BY number DESC LIMIT 1`,
    [roundId],
  );
  const row = rows[0];
  return row?.user_id && row.submission_id ? { userId: row.user_id, submissionId: row.submission_id } : null;
}

/** What a round holds for these clips, by clip. */
export async function readHeld(
  client: Queryable,
  roundId: string,
  clipIds: readonly string[],
): Promise<ReadonlyMap<string, Held>> {
  const { rows } = await client.query<{
    clip_id: string;
    run_id: string;
    date: Date;
    outcome: string;
    counts: Record<string, string>;
  }>(
    `SELECT clip_id, run_id, date, outcome,
       (SELECT COALESCE(jsonb_object_agg(key, value), '{}') FROM jsonb_each_text(counts)) AS counts
     FROM held_observations WHERE round_id = $1 AND clip_id = ANY ($2::uuid[])`,
    [roundId, clipIds],
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
