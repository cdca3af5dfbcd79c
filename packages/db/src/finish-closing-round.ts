import type { Micros } from '@clipmeter/core/money';
import type { Pool } from 'pg';
import type { SettlementConfig } from '#src/batch-input.ts';
import { unreadNotice, unreadOf } from '#src/closing-notices.ts';
import { readRound } from '#src/closing-observations.ts';
import type { Queryable } from '#src/connect.ts';
import { notifyUsers } from '#src/notify-users.ts';
import { lockClosing, settleClosing } from '#src/settle-closing.ts';
import { settleInParts } from '#src/settle-in-parts.ts';
import { FIRST_PLACE, nextPlaces } from '#src/submission-place.ts';
import { withTransaction } from '#src/transaction.ts';

/** How a closing round stands after a look at it. */
export type ClosingOutcome =
  | { kind: 'waiting'; missing: number }
  /** Stopped on the way; the next look goes on. */
  | { kind: 'settling' }
  /** Final now. */
  | { kind: 'completed'; creditedMicros: Micros }
  /** It closed for its budget, and after fair shares something is left: it goes on. */
  | { kind: 'continues'; creditedMicros: Micros }
  | { kind: 'over' };

export interface FinishClosing {
  readonly roundId: string;
  readonly now: Date;
  /** Clips a transaction at most. */
  readonly clipsMax?: number;
  readonly signal?: AbortSignal;
}

/** Clips that are settled in one transaction, which delays all that happens live by its own length. */
const WHOLE_MAX = 500;

/**
 * Ends a closing round when every clip has answered, or at its limit: all held observations are settled together, so no
 * clip gains by being read first; a clip that could not be read counts at its last views and its clipper is told. One
 * transaction if its clips fit into it, else many, with the same result. A repeat finds the round over.
 */
export async function finishClosingRound(
  pool: Pool,
  finish: FinishClosing,
  config: SettlementConfig,
): Promise<ClosingOutcome> {
  const round = await readRound(pool, finish.roundId);
  if (!round) return { kind: 'over' };
  if (round.limits) return settleInParts(pool, round, finish, config);
  const clipsMax = finish.clipsMax ?? WHOLE_MAX;
  const places = await nextPlaces(pool, round.campaignId, FIRST_PLACE, clipsMax + 1);
  if (places.length <= clipsMax) {
    const clipIds = places.map((place) => place.clipId);
    return settleWhole(pool, finish, clipIds, config);
  }
  const missing = await countMissing(pool, round.campaignId);
  if (missing > 0 && finish.now < round.limitAt) return { kind: 'waiting', missing };
  return settleInParts(pool, round, finish, config);
}

/** A clip is parked once its answer is held; one that nothing reads is not waited for. */
async function countMissing(client: Queryable, campaignId: string): Promise<number> {
  const { rows } = await client.query<{ missing: number }>(
    `SELECT count(*)::integer AS missing FROM clip_submissions cs JOIN clip_schedules s ON s.clip_id = cs.clip_id
     WHERE cs.campaign_id = $1 AND cs.status = 'APPROVED' AND s.next_due_at < 'infinity'`,
    [campaignId],
  );
  return rows[0]?.missing ?? 0;
}

async function settleWhole(
  pool: Pool,
  finish: FinishClosing,
  clipIds: readonly string[],
  config: SettlementConfig,
): Promise<ClosingOutcome> {
  return withTransaction(pool, async (tx) => {
    const round = await readRound(tx, finish.roundId);
    const closing = round && (await lockClosing(tx, { round, clipIds, now: finish.now }, config));
    if (!closing) return { kind: 'over' };
    const missing = closing.clips.filter(
      ({ clip }) => closing.locked.schedules.get(clip.id)?.isParked === false,
    ).length;
    if (missing > 0 && finish.now < round.limitAt) return { kind: 'waiting', missing };
    const { isFinal, creditedMicros } = await settleClosing(tx, closing);
    if (!isFinal) return { kind: 'continues', creditedMicros };
    const notices = unreadOf(closing.clips).map((unread) => unreadNotice(unread, round, closing.campaign.title));
    await notifyUsers(tx, notices, finish.now);
    return { kind: 'completed', creditedMicros };
  });
}
