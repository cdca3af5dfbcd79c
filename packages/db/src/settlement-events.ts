import { addMicros, formatDecimal, type Micros, subtractMicros } from '@clipmeter/core/money';
import type { AccountBalance, ClipEarnings, ClipViews, LiveEvent, OwnClip } from '@clipmeter/realtime/event';
import { ADMIN_TOPIC, userTopic } from '@clipmeter/realtime/topic';
import type { LockedBatch } from '#src/batch-locks.ts';
import type { BatchPlan, ClipWrite } from '#src/batch-plan.ts';
import type { MovedBalance } from '#src/ledger.ts';

/** The clips that a settlement changed, by campaign: what everyone may see. Most growth first, for the 100 that are told. */
export function changedClips(writes: readonly ClipWrite[], locked: LockedBatch): Map<string, ClipViews[]> {
  const byCampaign = new Map<string, { growth: bigint; view: ClipViews }[]>();
  for (const write of writes) {
    const submission = locked.submissions.get(write.clip.id);
    if (!submission) continue;
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

/** One event for each clipper whose clips or balances changed: absolute values, nobody else's. */
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
    const earned = earningsOf(write, submission.earningsBaseMicros);
    of(submission.userId).clips.push({
      ...viewsOf(write),
      campaignId: submission.campaignId,
      earnings: earned.earnings,
      credited: earned.credited,
    });
  }
  return [...users].map(([userId, changed]) => ({
    topic: userTopic(userId),
    type: 'earnings.changed',
    payload: { userId, ...changed, at: now.toISOString() },
  }));
}

/** For admins: the earnings that a campaign's own event leaves out. */
export function clipEarnedEvents(writes: readonly ClipWrite[], locked: LockedBatch, now: Date): LiveEvent[] {
  const byCampaign = new Map<string, ClipEarnings[]>();
  for (const write of writes) {
    const submission = locked.submissions.get(write.clip.id);
    if (!submission || write.creditMicros === 0n) continue;
    const list = byCampaign.get(submission.campaignId) ?? [];
    list.push(earningsOf(write, submission.earningsBaseMicros));
    byCampaign.set(submission.campaignId, list);
  }
  return [...byCampaign].map(([campaignId, clips]) => ({
    topic: ADMIN_TOPIC,
    type: 'clip.earned',
    payload: { campaignId, clips, at: now.toISOString() },
  }));
}

function earningsOf(write: ClipWrite, baseMicros: Micros): ClipEarnings {
  const earnings = addMicros(write.clip.earningsMicros, write.creditMicros);
  return {
    clipId: write.clip.id,
    version: Number(write.clip.version) + 1,
    earnings: formatDecimal(earnings),
    credited: formatDecimal(subtractMicros(earnings, baseMicros)),
  };
}

/** Approvals that took effect: for the clipper and for the admins' queue. */
export function approvalEvents(plan: BatchPlan, now: Date): LiveEvent[] {
  return plan.approvals.flatMap(({ submission }): LiveEvent[] => {
    const payload = {
      submissionId: submission.id,
      clipId: submission.clipId,
      campaignId: submission.campaignId,
      status: 'APPROVED' as const,
      approvalRequested: true,
      at: now.toISOString(),
    };
    return [
      { topic: userTopic(submission.userId), type: 'submission.changed', payload },
      { topic: ADMIN_TOPIC, type: 'submission.changed', payload },
    ];
  });
}
