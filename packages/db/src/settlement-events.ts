import { addMicros, formatDecimal, subtractMicros } from '@clipmeter/core/money';
import {
  type AccountBalance,
  CLIPS_PER_EVENT_MAX,
  type ClipEarnings,
  type ClipViews,
  type LiveEvent,
  type OwnClip,
} from '@clipmeter/realtime/event';
import { ADMIN_TOPIC, userTopic } from '@clipmeter/realtime/topic';
import type { LockedBatch, LockedSubmission } from '#src/batch-locks.ts';
import type { BatchPlan, ClipWrite } from '#src/batch-plan.ts';
import type { MovedBalance } from '#src/ledger.ts';

/** Submissions that are approved in this very transaction. */
const approvedNow = (plan: Pick<BatchPlan, 'approvals'>) => new Set(plan.approvals.map((row) => row.submission.id));

/**
 * The approved clips that a settlement changed, by campaign: what everyone may see. Most growth first, for the 100 that
 * are told.
 */
export function changedClips(
  writes: readonly ClipWrite[],
  locked: LockedBatch,
  plan: Pick<BatchPlan, 'approvals'> = { approvals: [] },
): Map<string, ClipViews[]> {
  const approved = approvedNow(plan);
  const byCampaign = new Map<string, { growth: bigint; view: ClipViews }[]>();
  for (const write of writes) {
    const submission = locked.submissions.get(write.clip.id);
    if (!submission || (submission.status !== 'APPROVED' && !approved.has(submission.id))) continue;
    const list = byCampaign.get(submission.campaignId) ?? [];
    list.push({ growth: write.views - write.clip.views, view: viewsOf(write) });
    byCampaign.set(submission.campaignId, list);
  }
  return new Map(
    [...byCampaign].map(([campaignId, list]) => [
      campaignId,
      list.sort((a, b) => (a.growth === b.growth ? 0 : a.growth > b.growth ? -1 : 1)).map(({ view }) => view),
    ]),
  );
}

const viewsOf = (write: ClipWrite): ClipViews => ({
  clipId: write.clip.id,
  version: Number(write.clip.version) + 1,
  views: Number(write.views),
  readAt: (write.readAt ?? write.clip.lastReadAt)?.toISOString() ?? null,
});

/**
 * One event for each clipper whose clips or balances changed: absolute values, nobody else's. A clipper of whom more
 * changed than an event may carry gets several, which readers take in any order.
 */
export function earningsEvents(
  writes: readonly ClipWrite[],
  balances: readonly MovedBalance[],
  locked: LockedBatch,
  now: Date,
): LiveEvent[] {
  const users = new Map<string, { balances: AccountBalance[]; clips: OwnClip[] }>();
  const of = (userId: string) => {
    const user = users.get(userId) ?? { balances: [], clips: [] };
    users.set(userId, user);
    return user;
  };
  for (const balance of balances) {
    if (balance.userId === null) continue;
    if (balance.kind === 'budget' || balance.kind === 'fees' || balance.kind === 'outside') continue;
    of(balance.userId).balances.push({
      kind: balance.kind,
      campaignId: balance.campaignId,
      balance: formatDecimal(balance.balanceMicros),
      version: Number(balance.version),
    });
  }
  for (const write of writes) {
    const submission = locked.submissions.get(write.clip.id);
    if (!submission) continue;
    const earned = earningsOf(write, submission);
    of(submission.userId).clips.push({
      ...viewsOf(write),
      campaignId: submission.campaignId,
      earnings: earned.earnings,
      credited: earned.credited,
    });
  }
  return [...users].flatMap(([userId, changed]) => {
    const balanceParts = partsOf(changed.balances);
    const clipParts = partsOf(changed.clips);
    return Array.from({ length: Math.max(balanceParts.length, clipParts.length) }, (_, part): LiveEvent => {
      const [balances = [], clips = []] = [balanceParts[part], clipParts[part]];
      return {
        topic: userTopic(userId),
        type: 'earnings.changed',
        payload: { userId, balances, clips, at: now.toISOString() },
      };
    });
  });
}

/** For admins: the earnings that a campaign's own event leaves out. */
export function clipEarnedEvents(writes: readonly ClipWrite[], locked: LockedBatch, now: Date): LiveEvent[] {
  const byCampaign = new Map<string, ClipEarnings[]>();
  for (const write of writes) {
    const submission = locked.submissions.get(write.clip.id);
    if (!submission || write.creditMicros === 0n) continue;
    const list = byCampaign.get(submission.campaignId) ?? [];
    list.push(earningsOf(write, submission));
    byCampaign.set(submission.campaignId, list);
  }
  return [...byCampaign].flatMap(([campaignId, earned]) =>
    partsOf(earned).map(
      (clips): LiveEvent => ({
        topic: ADMIN_TOPIC,
        type: 'clip.earned',
        payload: { campaignId, clips, at: now.toISOString() },
      }),
    ),
  );
}

/** A list in pieces that each fit into one event. */
function partsOf<Item>(list: readonly Item[]): Item[][] {
  const parts: Item[][] = [];
  for (let from = 0; from < list.length; from += CLIPS_PER_EVENT_MAX) {
    parts.push(list.slice(from, from + CLIPS_PER_EVENT_MAX));
  }
  return parts;
}

function earningsOf(write: ClipWrite, submission: LockedSubmission): ClipEarnings {
  const earnings = addMicros(write.clip.earningsMicros, write.creditMicros);
  // Until it is approved here, whatever it earned was earned elsewhere.
  const baseMicros = submission.status === 'APPROVED' ? submission.earningsBaseMicros : earnings;
  return {
    clipId: write.clip.id,
    version: Number(write.clip.version) + 1,
    earnings: formatDecimal(earnings),
    credited: formatDecimal(subtractMicros(earnings, baseMicros)),
  };
}

/** Approvals that took effect, wait, or have to be asked for again: for the clipper and for the admins' queue. */
export function approvalEvents(plan: Pick<BatchPlan, 'approvals' | 'blocked'>, now: Date): LiveEvent[] {
  return [
    ...plan.approvals.flatMap(({ submission }) => submissionEvents(submission, 'APPROVED', true, now)),
    ...plan.blocked.flatMap(({ submission, isOver }) => submissionEvents(submission, 'PENDING', !isOver, now)),
  ];
}

/** First reads that succeeded, or take longer, where nothing else is told of the submission. */
export function firstReadEvents(
  plan: Pick<BatchPlan, 'approvals' | 'blocked' | 'firstReads' | 'firstReadWaits'>,
  now: Date,
): LiveEvent[] {
  const told = new Set([...plan.approvals, ...plan.blocked].map(({ submission }) => submission.id));
  return [...plan.firstReads, ...plan.firstReadWaits].flatMap(({ submission }) =>
    told.has(submission.id)
      ? []
      : submissionEvents(submission, 'PENDING', submission.approvalRequestedAt !== null, now),
  );
}

/** Where one submission stands, for its clipper and for the admins. */
export function submissionEvents(
  submission: LockedSubmission,
  status: 'PENDING' | 'APPROVED',
  approvalRequested: boolean,
  now: Date,
): LiveEvent[] {
  const { id: submissionId, clipId, campaignId, userId } = submission;
  const payload = { submissionId, clipId, campaignId, status, approvalRequested, at: now.toISOString() };
  return [
    { topic: userTopic(userId), type: 'submission.changed', payload },
    { topic: ADMIN_TOPIC, type: 'submission.changed', payload },
  ];
}
