import type { AuditAction } from '@clipmeter/core/audit-action';
import type { LiveEvent } from '@clipmeter/realtime/event';
import { ADMIN_TOPIC, userTopic } from '@clipmeter/realtime/topic';
import { type AuditRow, appendAudits } from '#src/audit-log.ts';
import type { BatchPlan } from '#src/batch-plan.ts';
import { newId } from '#src/new-id.ts';
import type { NewNotification } from '#src/notify-users.ts';
import type { Tx } from '#src/transaction.ts';

type Identities = Pick<BatchPlan, 'goingOver' | 'rejections'>;

/**
 * Writes what first reads taught about which video a link names and whose it is: some submissions are turned down, others
 * go over to the clip of their video, which is read at once. All clips are locked; one statement a table, and none when
 * there is nothing.
 */
export async function writeIdentities(tx: Tx, plan: Identities, run: { runId: string; now: Date }): Promise<void> {
  await reject(tx, plan.rejections, run);
  await goOver(tx, plan.goingOver, run);
}

async function reject(
  tx: Tx,
  rows: Identities['rejections'],
  { runId, now }: { runId: string; now: Date },
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ submission }) => submission.id);
  await tx.query(
    `UPDATE clip_submissions s SET status = 'REJECTED', rejection_reason = w.reason, approval_blocked = NULL,
       first_read_at = COALESCE(s.first_read_at, $3), first_read_blocked = NULL, updated_at = $3
     FROM unnest($1::uuid[], $2::text[]) AS w (id, reason) WHERE s.id = w.id`,
    [ids, rows.map((row) => row.reason), now],
  );
  await tx.query(
    `INSERT INTO submission_status_changes (id, submission_id, from_status, to_status, reason, settlement_number, created_at)
     SELECT w.id, w.submission_id, 'PENDING', 'REJECTED', w.reason, w.settlement_number, $5
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[]) AS w (id, submission_id, reason, settlement_number)`,
    [ids.map(newId), ids, rows.map((row) => row.reason), rows.map((row) => row.campaign.settlementNumber), now],
  );
  await appendAudits(
    tx,
    rows.map(({ submission, ownerClipId }) => {
      const details = { clipId: submission.clipId, answeredClipId: ownerClipId, runId };
      return auditRow(
        submission.id,
        ownerClipId === null ? 'submission.first_read' : 'submission.duplicate',
        details,
        now,
      );
    }),
  );
}

async function goOver(
  tx: Tx,
  rows: Identities['goingOver'],
  { runId, now }: { runId: string; now: Date },
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ submission }) => submission.id);
  await tx.query(
    `UPDATE clip_submissions s SET submitted_clip_id = s.clip_id, clip_id = w.clip_id,
       approval_blocked = CASE WHEN s.approval_requested_at IS NULL THEN s.approval_blocked END, updated_at = $3
     FROM unnest($1::uuid[], $2::uuid[]) AS w (id, clip_id) WHERE s.id = w.id`,
    [ids, rows.map((row) => row.toClipId), now],
  );
  await tx.query(
    `INSERT INTO clip_schedules (clip_id, platform, next_due_at, urgent)
     SELECT w.clip_id, w.platform, $3, true FROM unnest($1::uuid[], $2::text[]) AS w (clip_id, platform)
     ON CONFLICT (clip_id) DO UPDATE SET urgent = true,
       next_due_at = CASE WHEN clip_schedules.lease_until > $3 THEN clip_schedules.next_due_at ELSE $3 END`,
    [rows.map((row) => row.toClipId), rows.map((row) => row.platform), now],
  );
  await appendAudits(
    tx,
    rows.map(({ submission, toClipId }) =>
      auditRow(submission.id, 'submission.go_over', { from: submission.clipId, to: toClipId, runId }, now),
    ),
  );
}

function auditRow(submissionId: string, action: AuditAction, details: Record<string, unknown>, at: Date): AuditRow {
  return { actorId: null, action, subjectKind: 'submission', subjectId: submissionId, details, at };
}

/** Where the submissions stand now, for their clippers' pages and the admins' queue. */
export function identityEvents({ goingOver, rejections }: Identities, now: Date): LiveEvent[] {
  const changes = [
    ...rejections.map(({ submission }) => ({ submission, clipId: submission.clipId, status: 'REJECTED' as const })),
    ...goingOver.map(({ submission, toClipId }) => ({ submission, clipId: toClipId, status: 'PENDING' as const })),
  ];
  return changes.flatMap(({ submission, clipId, status }) => {
    const payload = {
      submissionId: submission.id,
      clipId,
      campaignId: submission.campaignId,
      status,
      approvalRequested: submission.approvalRequestedAt !== null,
      at: now.toISOString(),
    };
    const type = 'submission.changed';
    return [
      { topic: userTopic(submission.userId), type, payload },
      { topic: ADMIN_TOPIC, type, payload },
    ];
  });
}

/** Each clipper is told why a submission was turned down. */
export function rejectionNotices({ rejections }: Pick<Identities, 'rejections'>): NewNotification[] {
  return rejections.map(({ submission, campaign, reason }) => ({
    userId: submission.userId,
    kind: 'submission.rejected',
    cause: submission.id,
    title: `Not accepted for ${campaign.title}`,
    body: reason,
    link: '/submissions?status=rejected',
  }));
}
