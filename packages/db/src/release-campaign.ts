import { formatUsd, type Micros } from '@clipmeter/core/money';
import { ADMIN_TOPIC, userTopic } from '@clipmeter/realtime/topic';
import type { Pool } from 'pg';
import { balanceEvents } from '#src/balance-events.ts';
import { type LockedCampaign, lockCampaigns } from '#src/batch-locks.ts';
import { campaignEvents } from '#src/campaign-events.ts';
import { forgetClips, scheduledClips } from '#src/campaign-schedules.ts';
import { createChunkSize, takeChunks } from '#src/chunk-size.ts';
import { completionNotices } from '#src/completion-notices.ts';
import type { Queryable } from '#src/connect.ts';
import { appendEvents } from '#src/event-log.ts';
import { ensureAccounts, lockAccounts, type MovedBalance, moveMoney } from '#src/ledger.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import { notifyUsers } from '#src/notify-users.ts';
import { FIRST_PLACE, type SubmissionPlace } from '#src/submission-place.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';

/** Finished campaigns whose clippers' pending is not available yet. */
export async function unreleasedCampaigns(client: Pool): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM campaigns WHERE completed_at IS NOT NULL AND released_at IS NULL ORDER BY completed_at, id',
  );
  return rows.map((row) => row.id);
}

/** A release, which goes on where an earlier one of the same campaign stopped. */
export interface Release {
  readonly campaignId: string;
  readonly now: () => Date;
  /** Clips a transaction at most. */
  readonly clipsMax?: number;
}

/** A transaction of a release that is committed. */
export interface ReleaseChunk {
  readonly clips: number;
  /** Whose pending is available now. */
  readonly clippers: number;
  readonly tookMs: number;
}

/**
 * Releases a finished campaign: what each clip earned is final, and for the clippers who then have no open clip left,
 * pending → available, their events and notices. Many short transactions, each in the size that the last one showed to be
 * short; what each has to do is looked up before it begins, by an index and from where the last one ended, so that the
 * hundredth costs no more than the first. Stopped anywhere, it loses nothing: each release is an entry with the campaign as
 * its cause, and another call goes on. Two at once do each part once.
 */
export async function* releaseCampaign(pool: Pool, release: Release): AsyncGenerator<ReleaseChunk> {
  const { campaignId, now, clipsMax } = release;
  if ((await readReleasedAt(pool, campaignId)) !== null) return;
  const size = createChunkSize(clipsMax);
  const inFinal = async (work: (tx: Tx, campaign: FinalCampaign) => Promise<{ clips: number; clippers: number }>) => {
    const { result, tookMs } = await size.timed(() =>
      withTransaction(pool, async (tx) => work(tx, await lockFinal(tx, campaignId))),
    );
    return { ...result, tookMs };
  };
  const scheduled = await scheduledClips(pool, campaignId, null);
  for (const part of takeChunks(scheduled, size)) {
    yield await inFinal(async (tx) => {
      await forgetClips(tx, campaignId, part);
      return { clips: 0, clippers: 0 };
    });
  }
  yield await inFinal(async (tx) => {
    await endApprovals(tx, campaignId, now());
    return { clips: 0, clippers: 0 };
  });
  for (let after = FIRST_PLACE; ; ) {
    const places = await openPlaces(pool, campaignId, after, size.rows);
    const last = places.at(-1);
    if (!last) break;
    yield await inFinal((tx, campaign) => closeClips(tx, campaign, places, now()));
    after = last;
  }
  // Who has something pending without an approved clip (a revoked one) comes last.
  for (const part of takeChunks(await stillPending(pool, campaignId), size)) {
    yield await inFinal(async (tx, campaign) => {
      await appendEvents(tx, balanceEvents(await releasePending(tx, campaign, part), now()));
      return { clips: 0, clippers: part.length };
    });
  }
  yield await inFinal(async (tx) => {
    await markReleased(tx, campaignId, now());
    return { clips: 0, clippers: 0 };
  });
}

type FinalCampaign = Pick<LockedCampaign, 'id' | 'title'> & { readonly completedAt: Date };

async function lockFinal(tx: Tx, campaignId: string): Promise<FinalCampaign> {
  const campaign = (await lockCampaigns(tx, [campaignId])).get(campaignId);
  if (!campaign?.completedAt) throw new Error(`Campaign ${campaignId} is not finished`);
  return { ...campaign, completedAt: campaign.completedAt };
}

async function readReleasedAt(client: Queryable, campaignId: string): Promise<Date | null> {
  const { rows } = await client.query<{ released_at: Date | null }>('SELECT released_at FROM campaigns WHERE id = $1', [
    campaignId,
  ]);
  return rows[0]?.released_at ?? null;
}

async function markReleased(tx: Tx, campaignId: string, now: Date): Promise<void> {
  const { rowCount } = await tx.query(
    'UPDATE campaigns SET released_at = $2, version = version + 1, updated_at = $2 WHERE id = $1 AND released_at IS NULL',
    [campaignId, now],
  );
  if (!rowCount) return;
  await appendEvents(tx, await campaignEvents(tx, [campaignId], now));
  await notifyUsers(tx, await completionNotices(tx, campaignId), now);
}

/** Approvals that were asked for and never took effect: the campaign takes none any more. */
async function endApprovals(tx: Tx, campaignId: string, now: Date): Promise<void> {
  const { rows } = await tx.query<{ id: string; clip_id: string; user_id: string }>(
    `WITH waiting AS (
       SELECT id FROM clip_submissions WHERE campaign_id = $1 AND status = 'PENDING' AND approval_requested_at IS NOT NULL
       ORDER BY id FOR NO KEY UPDATE)
     UPDATE clip_submissions cs SET approval_requested_at = NULL, approval_requested_by = NULL,
       approval_blocked = 'The campaign has ended.', updated_at = $2
     FROM waiting WHERE cs.id = waiting.id RETURNING cs.id, cs.clip_id, cs.user_id`,
    [campaignId, now],
  );
  await appendEvents(
    tx,
    rows.flatMap((row) => {
      const payload = {
        submissionId: row.id,
        clipId: row.clip_id,
        campaignId,
        status: 'PENDING',
        approvalRequested: false,
        at: now.toISOString(),
      };
      return [userTopic(row.user_id), ADMIN_TOPIC].map((topic) => ({ topic, type: 'submission.changed', payload }));
    }),
  );
}

/** What is not closed yet. In a final campaign that only becomes less, so it may be looked up without a lock. */
async function openPlaces(
  client: Queryable,
  campaignId: string,
  after: SubmissionPlace,
  limit: number,
): Promise<SubmissionPlace[]> {
  const { rows } = await client.query<{ id: string; user_id: string }>(
    `SELECT id, user_id FROM clip_submissions
     WHERE campaign_id = $1 AND status = 'APPROVED' AND final_earnings IS NULL AND (user_id, id) > ($2::uuid, $3::uuid)
     ORDER BY user_id, id LIMIT $4`,
    [campaignId, after.userId, after.submissionId, limit],
  );
  return rows.map((row) => ({ submissionId: row.id, userId: row.user_id }));
}

/** Closes some clips, and pays out, to their available, the clippers who have no open clip after the last of them. */
async function closeClips(
  tx: Tx,
  campaign: FinalCampaign,
  places: readonly SubmissionPlace[],
  now: Date,
): Promise<{ clips: number; clippers: number }> {
  const clips = await writeFinalEarnings(tx, campaign.id, places, now);
  const clippers = await finishedClippers(tx, campaign.id, places);
  const userIds = clippers.map((clipper) => clipper.userId);
  await appendEvents(tx, balanceEvents(await releasePending(tx, campaign, userIds), now));
  await notifyUsers(
    tx,
    clippers.map((clipper) => ({
      userId: clipper.userId,
      kind: 'campaign.completed',
      cause: campaign.id,
      title: `${campaign.title} has ended`,
      body:
        clipper.finalMicros > 0n
          ? `You earned ${formatUsd(clipper.finalMicros)}. It is available now.`
          : 'Your clips earned nothing in it.',
      link: `/campaigns/${campaign.id}`,
    })),
    now,
  );
  return { clips, clippers: userIds.length };
}

/** What each clip earned here, in all, under its submission's lock; the clip itself earns here no more. */
async function writeFinalEarnings(
  tx: Tx,
  campaignId: string,
  places: readonly SubmissionPlace[],
  now: Date,
): Promise<number> {
  const { rowCount } = await tx.query(
    `WITH mine AS (
       SELECT id FROM clip_submissions
       WHERE id = ANY ($2::uuid[]) AND campaign_id = $1 AND status = 'APPROVED' AND final_earnings IS NULL
       ORDER BY id FOR NO KEY UPDATE)
     UPDATE clip_submissions cs SET final_earnings = c.earnings - cs.earnings_base, updated_at = $3
     FROM mine, clips c WHERE cs.id = mine.id AND c.id = cs.clip_id`,
    [campaignId, places.map((place) => place.submissionId), now],
  );
  return rowCount ?? 0;
}

interface Clipper {
  readonly userId: string;
  readonly finalMicros: Micros;
}

/**
 * Those of the clippers whose last clip is closed now, and what all of theirs earned here. What comes before the places was
 * closed earlier, so only the last clipper may have an open clip.
 */
async function finishedClippers(tx: Tx, campaignId: string, places: readonly SubmissionPlace[]): Promise<Clipper[]> {
  const last = places.at(-1) ?? FIRST_PLACE;
  const userIds = [...new Set(places.map((place) => place.userId))];
  const { rows } = await tx.query<{ user_id: string; final: string }>(
    `SELECT u.user_id, f.final FROM unnest($2::uuid[]) AS u (user_id), LATERAL (
       SELECT COALESCE(sum(cs.final_earnings), 0) AS final FROM clip_submissions cs
       WHERE cs.campaign_id = $1 AND cs.status = 'APPROVED' AND cs.user_id = u.user_id) AS f
     WHERE u.user_id <> $3 OR NOT EXISTS (
       SELECT FROM clip_submissions cs WHERE cs.campaign_id = $1 AND cs.status = 'APPROVED'
         AND cs.user_id = $3 AND cs.id > $4 AND cs.final_earnings IS NULL)
     ORDER BY u.user_id`,
    [campaignId, userIds, last.userId, last.submissionId],
  );
  return rows.map((row) => ({ userId: row.user_id, finalMicros: microsFromNumeric(row.final) }));
}

/** Whom a final campaign still owes. That only becomes less too. */
async function stillPending(client: Queryable, campaignId: string): Promise<string[]> {
  const { rows } = await client.query<{ user_id: string }>(
    `SELECT user_id FROM ledger_accounts WHERE campaign_id = $1 AND kind = 'pending' AND balance > 0 ORDER BY user_id`,
    [campaignId],
  );
  return rows.map((row) => row.user_id);
}

/** pending → available, with the campaign's end as its cause: once for each clipper. */
async function releasePending(
  tx: Tx,
  { id: campaignId, completedAt }: FinalCampaign,
  userIds: readonly string[],
): Promise<MovedBalance[]> {
  if (userIds.length === 0) return [];
  const refs = userIds.map((userId) => ({
    pending: { kind: 'pending' as const, campaignId, userId },
    available: { kind: 'available' as const, userId },
  }));
  await ensureAccounts(
    tx,
    refs.flatMap((ref) => [ref.pending, ref.available]),
  );
  const account = await lockAccounts(
    tx,
    refs.flatMap((ref) => [ref.pending, ref.available]),
  );
  return moveMoney(
    tx,
    refs.flatMap(({ pending, available }) => {
      const amountMicros = account(pending).balanceMicros;
      if (amountMicros === 0n) return [];
      return [
        {
          causeKind: 'completion' as const,
          causeId: campaignId,
          movement: 'release' as const,
          from: pending,
          to: available,
          amountMicros,
          eventAt: completedAt,
        },
      ];
    }),
  );
}
