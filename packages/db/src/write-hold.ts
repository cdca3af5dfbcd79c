import type { LiveEvent } from '@clipmeter/realtime/event';
import { appendAudits } from '#src/audit-log.ts';
import type { BatchPlan, HoldWrite } from '#src/batch-plan.ts';
import type { NewNotification } from '#src/notify-users.ts';
import { submissionEvents } from '#src/settlement-events.ts';
import type { Tx } from '#src/transaction.ts';

type Holds = Pick<BatchPlan, 'holds'>;

/** Puts submissions on hold, and on record since which settlement. They are locked, and so are their campaigns. */
export async function writeHolds(
  tx: Tx,
  { holds }: Holds,
  { runId, now }: { runId: string; now: Date },
): Promise<void> {
  if (holds.length === 0) return;
  const ids = holds.map(({ submission }) => submission.id);
  const reasons = holds.map(({ reason }) => reason);
  await tx.query(
    `UPDATE clip_submissions s SET held_at = $3, held_reason = w.reason, updated_at = $3
     FROM unnest($1::uuid[], $2::text[]) AS w (id, reason) WHERE s.id = w.id`,
    [ids, reasons, now],
  );
  await tx.query(
    `INSERT INTO submission_hold_changes (submission_id, number, held, reason, author_id, settlement_number, created_at)
     SELECT w.id, (SELECT count(*) + 1 FROM submission_hold_changes h WHERE h.submission_id = w.id), true, w.reason, w.author_id, w.after, $5
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[]) AS w (id, reason, author_id, after)`,
    [ids, reasons, holds.map(({ authorId }) => authorId), holds.map(({ campaign }) => campaign.settlementNumber), now],
  );
  await appendAudits(
    tx,
    holds.map((hold) => ({
      actorId: null,
      action: 'submission.hold',
      subjectKind: 'submission',
      subjectId: hold.submission.id,
      details: detailsOf(hold, runId),
      at: now,
    })),
  );
}

const detailsOf = ({ submission, authorId, reason }: HoldWrite, runId: string) => ({
  clipId: submission.clipId,
  campaignId: submission.campaignId,
  authorId,
  reason,
  runId,
});

/** For the clipper's pages and the admins' queue. */
export function holdEvents({ holds }: Holds, now: Date): LiveEvent[] {
  return holds.flatMap(({ submission }) => submissionEvents(submission, 'APPROVED', true, now));
}

/** Each clipper is told why a clip earns nothing for now. */
export function holdNotices({ holds }: Holds, runId: string): NewNotification[] {
  return holds.map(({ submission, campaign, reason }) => ({
    userId: submission.userId,
    kind: 'submission.held',
    cause: `${submission.id} ${runId}`,
    title: `A clip in ${campaign.title} is on hold`,
    body: `${reason} It keeps what it earned and earns nothing more until an admin has looked at it.`,
    link: `/clips/${submission.id}`,
  }));
}
