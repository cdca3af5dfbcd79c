import type { Queryable } from '@clipmeter/db/connect';

/** At most so many at once: the next look takes the rest. */
const LIMIT = 100;

/**
 * Campaigns that should begin their closing round: their deadline has come, or what is left is less than their clips are
 * expected to earn until their next reads. A round for the budget may end with some left; the next one then waits for
 * `roundGapMs`, or the last cents would be chased with a read of every clip each few seconds.
 */
export async function findEnding(
  client: Queryable,
  now: Date,
  roundGapMs: number,
): Promise<readonly { campaignId: string; reason: 'DEADLINE' | 'BUDGET' }[]> {
  const { rows } = await client.query<{ campaign_id: string; reason: 'DEADLINE' | 'BUDGET' }>(
    `SELECT id AS campaign_id, CASE WHEN deadline <= $1 THEN 'DEADLINE' ELSE 'BUDGET' END AS reason
     FROM campaigns c
     WHERE closing_round_id IS NULL AND (
       status IN ('ACTIVE', 'PAUSED') AND deadline <= $1
       OR status = 'ACTIVE' AND budget - spent < expected
         AND NOT EXISTS (SELECT FROM closing_rounds r WHERE r.campaign_id = c.id AND r.ended_at > $3))
     ORDER BY id LIMIT $2`,
    [now, LIMIT, new Date(now.getTime() - roundGapMs)],
  );
  return rows.map((row) => ({ campaignId: row.campaign_id, reason: row.reason }));
}

/** Closing rounds that wait for nothing more: every clip that is still read has its observation, or the limit has passed; and those whose settlement in parts was stopped. */
export async function findFinishedRounds(client: Queryable, now: Date): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT r.id FROM closing_rounds r
     WHERE r.ended_at IS NULL AND (r.limit_at <= $1 OR r.frozen_at IS NOT NULL OR NOT EXISTS (
       SELECT FROM clip_submissions s JOIN clip_schedules c ON c.clip_id = s.clip_id
       WHERE s.campaign_id = r.campaign_id AND s.status = 'APPROVED' AND s.held_at IS NULL
         AND NOT EXISTS (SELECT FROM held_observations h WHERE h.round_id = r.id AND h.clip_id = s.clip_id AND h.date >= r.started_at)))
     ORDER BY r.id LIMIT $2`,
    [now, LIMIT],
  );
  return rows.map((row) => row.id);
}
