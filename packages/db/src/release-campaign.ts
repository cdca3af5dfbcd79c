import { formatDecimal, formatUsd, type Micros } from '@clipmeter/core/money';
import { ADMIN_TOPIC, userTopic } from '@clipmeter/realtime/topic';
import type { Pool } from 'pg';
import { lockCampaigns } from '#src/batch-locks.ts';
import { campaignEvents } from '#src/campaign-events.ts';
import { forgetCampaign } from '#src/campaign-schedules.ts';
import { appendEvents } from '#src/event-log.ts';
import { ensureAccounts, lockAccounts, type MovedBalance, moveMoney } from '#src/ledger.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import { notifyUsers } from '#src/notify-users.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';

/** Finished campaigns whose clippers' pending is not available yet. */
export async function unreleasedCampaigns(client: Pool): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM campaigns WHERE completed_at IS NOT NULL AND released_at IS NULL ORDER BY completed_at, id',
  );
  return rows.map((row) => row.id);
}

/**
 * Releases one chunk of a finished campaign in one short transaction: the final earnings of up to `limit` submissions,
 * and for the clippers who then have none left, pending → available, their events and notices. A clipper of more clips
 * than that takes several chunks. Repeating is harmless: each release is an entry with the campaign as its cause. Call it
 * until `done`; a crash in between loses nothing.
 */
export async function releaseChunk(
  pool: Pool,
  chunk: { campaignId: string; limit: number; now: Date },
): Promise<{ released: number; done: boolean }> {
  return withTransaction(pool, async (tx) => {
    const campaign = (await lockCampaigns(tx, [chunk.campaignId])).get(chunk.campaignId);
    if (!campaign?.completedAt) throw new Error(`Campaign ${chunk.campaignId} is not finished`);
    const isForgotten = await forgetCampaign(tx, campaign.id);
    await endApprovals(tx, campaign.id, chunk.now);
    const closed = await writeFinalEarnings(tx, campaign.id, chunk.limit, chunk.now);
    const clippers = await finishedClippers(tx, campaign.id, closed.userIds);
    // Who has something pending without an approved clip (a revoked one) comes last.
    const others = closed.clips < chunk.limit ? await stillPending(tx, campaign.id, chunk.limit) : [];
    const userIds = [...new Set([...clippers.map((clipper) => clipper.userId), ...others])];
    if (closed.clips === 0 && userIds.length === 0) {
      if (!isForgotten) return { released: 0, done: false };
      const { rowCount } = await tx.query(
        'UPDATE campaigns SET released_at = $2, version = version + 1, updated_at = $2 WHERE id = $1 AND released_at IS NULL',
        [campaign.id, chunk.now],
      );
      if (rowCount) await appendEvents(tx, await campaignEvents(tx, [campaign.id], chunk.now));
      return { released: 0, done: true };
    }
    const balances = await releasePending(tx, campaign.id, userIds, campaign.completedAt);
    await appendEvents(tx, balanceEvents(balances, chunk.now));
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
      chunk.now,
    );
    return { released: userIds.length, done: false };
  });
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

/** What each clip earned here, in all, under its submission's lock; the clip itself earns here no more. */
async function writeFinalEarnings(
  tx: Tx,
  campaignId: string,
  limit: number,
  now: Date,
): Promise<{ clips: number; userIds: string[] }> {
  const { rows } = await tx.query<{ user_id: string; clips: number }>(
    `WITH next AS (
       SELECT id FROM clip_submissions WHERE campaign_id = $1 AND status = 'APPROVED' AND final_earnings IS NULL
       ORDER BY user_id, id LIMIT $2),
     mine AS (SELECT id FROM clip_submissions WHERE id IN (SELECT id FROM next) ORDER BY id FOR NO KEY UPDATE),
     closed AS (
       UPDATE clip_submissions cs SET final_earnings = c.earnings - cs.earnings_base, updated_at = $3
       FROM mine, clips c WHERE cs.id = mine.id AND c.id = cs.clip_id RETURNING cs.user_id)
     SELECT user_id, count(*)::integer AS clips FROM closed GROUP BY user_id ORDER BY user_id`,
    [campaignId, limit, now],
  );
  return { clips: rows.reduce((sum, row) => sum + row.clips, 0), userIds: rows.map((row) => row.user_id) };
}

interface Clipper {
  readonly userId: string;
  readonly finalMicros: Micros;
}

/** Those of the clippers whose last clip is closed now, and what all of theirs earned here. */
async function finishedClippers(tx: Tx, campaignId: string, userIds: readonly string[]): Promise<Clipper[]> {
  const { rows } = await tx.query<{ user_id: string; final: string }>(
    `SELECT user_id, sum(final_earnings) AS final FROM clip_submissions
     WHERE campaign_id = $1 AND status = 'APPROVED' AND user_id = ANY ($2::uuid[])
     GROUP BY user_id HAVING count(*) = count(final_earnings) ORDER BY user_id`,
    [campaignId, userIds],
  );
  return rows.map((row) => ({ userId: row.user_id, finalMicros: microsFromNumeric(row.final) }));
}

async function stillPending(tx: Tx, campaignId: string, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ user_id: string }>(
    `SELECT user_id FROM ledger_accounts WHERE campaign_id = $1 AND kind = 'pending' AND balance > 0
     ORDER BY user_id LIMIT $2`,
    [campaignId, limit],
  );
  return rows.map((row) => row.user_id);
}

async function releasePending(
  tx: Tx,
  campaignId: string,
  userIds: readonly string[],
  eventAt: Date,
): Promise<MovedBalance[]> {
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
          eventAt,
        },
      ];
    }),
  );
}

function balanceEvents(balances: readonly MovedBalance[], now: Date) {
  const byUser = Map.groupBy(
    balances.filter((balance) => balance.userId !== null),
    (balance) => balance.userId ?? '',
  );
  return [...byUser].map(([userId, list]) => ({
    topic: userTopic(userId),
    type: 'earnings.changed',
    payload: {
      userId,
      balances: list.map((balance) => ({
        kind: balance.kind,
        campaignId: balance.campaignId,
        balance: formatDecimal(balance.balanceMicros),
        version: Number(balance.version),
      })),
      clips: [],
      at: now.toISOString(),
    },
  }));
}
