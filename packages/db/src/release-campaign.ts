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

interface Clipper {
  readonly userId: string;
  readonly finalMicros: Micros;
}

/**
 * Releases one chunk of a finished campaign: pending → available for up to `limit` clippers, their submissions' final
 * earnings, their events and notices, in one short transaction. Repeating is harmless: each release is an entry with the
 * campaign as its cause. Call it until `done`; a crash in between loses nothing.
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
    const userIds = await nextClippers(tx, campaign.id, chunk.limit);
    if (userIds.length === 0) {
      if (!isForgotten) return { released: 0, done: false };
      const { rowCount } = await tx.query(
        'UPDATE campaigns SET released_at = $2, version = version + 1, updated_at = $2 WHERE id = $1 AND released_at IS NULL',
        [campaign.id, chunk.now],
      );
      if (rowCount) await appendEvents(tx, await campaignEvents(tx, [campaign.id], chunk.now));
      return { released: 0, done: true };
    }
    const clippers = await writeFinalEarnings(tx, campaign.id, userIds, chunk.now);
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

async function nextClippers(tx: Tx, campaignId: string, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ user_id: string }>(
    `SELECT user_id FROM clip_submissions WHERE campaign_id = $1 AND status = 'APPROVED' AND final_earnings IS NULL
     UNION SELECT user_id FROM ledger_accounts WHERE campaign_id = $1 AND kind = 'pending' AND balance > 0
     ORDER BY user_id LIMIT $2`,
    [campaignId, limit],
  );
  return rows.map((row) => row.user_id);
}

/** What each clip earned here, in all, under its submission's lock; the clip itself earns here no more. */
async function writeFinalEarnings(
  tx: Tx,
  campaignId: string,
  userIds: readonly string[],
  now: Date,
): Promise<Clipper[]> {
  const { rows } = await tx.query<{ user_id: string; final: string }>(
    `WITH mine AS (
       SELECT id FROM clip_submissions WHERE campaign_id = $1 AND user_id = ANY ($2::uuid[])
         AND status = 'APPROVED' AND final_earnings IS NULL ORDER BY id FOR NO KEY UPDATE),
     closed AS (
       UPDATE clip_submissions cs SET final_earnings = c.earnings - cs.earnings_base, updated_at = $3
       FROM mine, clips c WHERE cs.id = mine.id AND c.id = cs.clip_id RETURNING cs.user_id, cs.final_earnings)
     SELECT user_id, sum(final_earnings) AS final FROM closed GROUP BY user_id ORDER BY user_id`,
    [campaignId, userIds, now],
  );
  return rows.map((row) => ({ userId: row.user_id, finalMicros: microsFromNumeric(row.final) }));
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
