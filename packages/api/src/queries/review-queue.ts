import { ageBandOf, engagementRate, judgeEngagement } from '@clipmeter/core/engagement';
import { reviewWarnings } from '@clipmeter/core/review-warning';
import { readEngagementPeers } from '@clipmeter/db/read-engagement-peers';
import { countReview, type ReviewFilter, type ReviewRow, readReview } from '@clipmeter/db/read-review';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { Tx } from '@clipmeter/db/transaction';
import type { z } from 'zod';
import type { SignedInContext } from '#src/context.ts';
import type { reviewItemSchema } from '#src/output/review.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

interface ReviewQueueInput {
  queue: ReviewFilter['queue'];
  order: ReviewFilter['order'];
  campaignId?: string | undefined;
  platform?: ReviewFilter['platform'] | undefined;
  cursor?: string | null | undefined;
  limit: number;
}

/** A page of a review queue, each clip with its warnings. */
export function reviewQueue({ pool, now }: SignedInContext, input: ReviewQueueInput) {
  return readSnapshot(pool, async (tx) => {
    const rows = await readReview(tx, {
      queue: input.queue,
      order: input.order,
      campaignId: input.campaignId ?? null,
      platform: input.platform ?? null,
      after: parsePlace(input.cursor),
      limit: input.limit + 1,
    });
    const { items, nextCursor } = pageOf(await toItems(tx, rows, now()), input.limit, (row) => ({
      id: row.submissionId,
      createdAt: row.since,
    }));
    return { items, nextCursor };
  });
}

/** How many are in each queue. */
export function reviewCounts({ pool }: SignedInContext) {
  return readSnapshot(pool, (tx) => countReview(tx));
}

type ReviewItem = z.infer<typeof reviewItemSchema>;

/** Rows with what they are compared with, asked once for all of them. */
export async function toItems(tx: Tx, rows: readonly ReviewRow[], now: Date): Promise<ReviewItem[]> {
  const ageOf = (row: ReviewRow) => (row.publishedAt === null ? null : now.getTime() - row.publishedAt.getTime());
  const wantedBy = ({ platform }: ReviewRow, ageMs: number) => ({ platform, band: ageBandOf(ageMs) });
  const peersOf = await readEngagementPeers(
    tx,
    rows.flatMap((row) => {
      const ageMs = ageOf(row);
      return ageMs === null ? [] : [wantedBy(row, ageMs)];
    }),
    now,
  );
  return rows.map((row) => {
    const ageMs = ageOf(row);
    const rate = engagementRate(row);
    const all = ageMs === null ? { count: 0, low: null, high: null } : peersOf(wantedBy(row, ageMs));
    // The clip itself is none of its peers.
    const peers = { ...all, count: Math.max(0, all.count - (rate === null ? 0 : 1)) };
    return itemOf(row, { rate, ageMs, peers });
  });
}

interface Compared {
  rate: number | null;
  ageMs: number | null;
  peers: { count: number; low: number | null; high: number | null };
}

function itemOf(row: ReviewRow, { rate, ageMs, peers }: Compared): ReviewItem {
  const verdict = judgeEngagement(rate, peers);
  const { submissionId, clipId, clipper, platform, url, title, hasThumbnail, readBlocked, approvalLapsed } = row;
  const { heldReason, author, account, approval, earlier, lookalike, publishedAt } = row;
  return {
    submissionId,
    clipId,
    campaign: { id: row.campaign.id, title: row.campaign.title },
    clipper,
    platform,
    url,
    title,
    authorHandle: author.handle,
    hasThumbnail,
    publishedAt: publishedAt?.toISOString() ?? null,
    views: Number(row.views),
    likes: numberOf(row.likes),
    comments: numberOf(row.comments),
    shares: numberOf(row.shares),
    readAt: row.readAt?.toISOString() ?? null,
    readBlocked,
    engagement: { kind: verdict.kind, rate, low: peers.low, high: peers.high, peers: peers.count },
    warnings: reviewWarnings({
      platform,
      account,
      video: { authorId: author.id, authorHandle: author.handle, isRead: row.readAt !== null },
      publishedAt,
      campaignStartedAt: row.campaign.startedAt,
      earlier,
      lookalike,
      engagement: verdict,
      ageMs,
    }),
    approval: approval && { ...approval, at: approval.at.toISOString() },
    approvalLapsed,
    heldReason,
    since: row.since.toISOString(),
  };
}

const numberOf = (count: bigint | null): number | null => (count === null ? null : Number(count));
