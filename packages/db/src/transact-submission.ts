import type { NamedClip } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import type { SubmissionStatus } from '@clipmeter/core/submission-state';
import { ADMIN_TOPIC, userTopic } from '@clipmeter/realtime/topic';
import { type LockedCampaign, type LockedClip, lockClips } from '#src/batch-locks.ts';
import { appendEvents } from '#src/event-log.ts';
import { ensureAccounts } from '#src/ledger.ts';
import { newId } from '#src/new-id.ts';
import { readSoon } from '#src/read-soon.ts';
import { lockCampaign } from '#src/transact-campaign.ts';
import type { Tx } from '#src/transaction.ts';

/** The clip of a video under its lock, made if nobody submitted the video before. Nothing of it is known until it is read. */
export async function lockClipOf(tx: Tx, link: NamedClip, at: Date): Promise<LockedClip> {
  await tx.query(
    `INSERT INTO clips (id, platform, external_id, url, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT ON CONSTRAINT clips_platform_external_id_key DO NOTHING`,
    [newId(), link.platform, link.externalId, link.canonicalUrl, at],
  );
  const { rows } = await tx.query<{ id: string }>('SELECT id FROM clips WHERE platform = $1 AND external_id = $2', [
    link.platform,
    link.externalId,
  ]);
  const id = rows[0]?.id;
  const clip = id === undefined ? undefined : (await lockClips(tx, [id])).get(id);
  if (clip === undefined) throw new Error(`The clip ${link.platform} ${link.externalId} vanished while it was locked`);
  return clip;
}

/** A submission as it is under its lock. */
export interface SubmissionRow {
  readonly id: string;
  readonly clipId: string;
  readonly campaignId: string;
  readonly userId: string;
  readonly status: SubmissionStatus;
  /** None: its video was not read for it yet. */
  readonly firstReadAt: Date | null;
  readonly approvalRequestedAt: Date | null;
}

interface SubmissionColumns {
  id: string;
  clip_id: string;
  campaign_id: string;
  user_id: string;
  status: SubmissionStatus;
  first_read_at: Date | null;
  approval_requested_at: Date | null;
}

const COLUMNS = 'id, clip_id, campaign_id, user_id, status, first_read_at, approval_requested_at';

const rowOf = (row: SubmissionColumns): SubmissionRow => ({
  id: row.id,
  clipId: row.clip_id,
  campaignId: row.campaign_id,
  userId: row.user_id,
  status: row.status,
  firstReadAt: row.first_read_at,
  approvalRequestedAt: row.approval_requested_at,
});

/** The submission, unlocked: for an answer to a repeat. */
export async function findSubmission(tx: Tx, submissionId: string): Promise<SubmissionRow | null> {
  const { rows } = await tx.query<SubmissionColumns>(`SELECT ${COLUMNS} FROM clip_submissions WHERE id = $1`, [
    submissionId,
  ]);
  return rows[0] === undefined ? null : rowOf(rows[0]);
}

/** The pending or approved submission of a clip, which is locked: at most one. */
export async function findLiveSubmission(tx: Tx, clipId: string): Promise<SubmissionRow | null> {
  const { rows } = await tx.query<SubmissionColumns>(
    `SELECT ${COLUMNS} FROM clip_submissions WHERE clip_id = $1 AND status IN ('PENDING', 'APPROVED')`,
    [clipId],
  );
  return rows[0] === undefined ? null : rowOf(rows[0]);
}

/** A proved account of the clipper on the platform; the first read says which of several it is. Null: there is none. */
export async function findVerifiedAccount(tx: Tx, userId: string, platform: string): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM social_accounts
     WHERE user_id = $1 AND platform = $2 AND verified_at IS NOT NULL AND removed_at IS NULL
     ORDER BY verified_at DESC, id LIMIT 1`,
    [userId, platform],
  );
  return rows[0]?.id ?? null;
}

/** How many of a clipper's submissions wait. */
export async function countPending(tx: Tx, userId: string): Promise<number> {
  const { rows } = await tx.query<{ pending: string }>(
    "SELECT count(*) AS pending FROM clip_submissions WHERE user_id = $1 AND status = 'PENDING'",
    [userId],
  );
  return Number(rows[0]?.pending ?? 0);
}

export interface NewSubmission {
  readonly id: string;
  readonly clipId: string;
  readonly campaign: Pick<LockedCampaign, 'id' | 'settlementNumber'>;
  readonly userId: string;
  readonly socialAccountId: string | null;
  readonly at: Date;
}

/** Writes a pending submission and the first line of its history. Clip and campaign are locked. */
export async function insertSubmission(tx: Tx, submission: NewSubmission): Promise<void> {
  const { id, clipId, campaign, userId, at } = submission;
  await tx.query(
    `INSERT INTO clip_submissions (id, campaign_id, clip_id, user_id, social_account_id, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    [id, campaign.id, clipId, userId, submission.socialAccountId, at],
  );
  await recordStatusChange(tx, {
    submissionId: id,
    from: null,
    to: 'PENDING',
    reason: null,
    campaign,
    actorId: userId,
    at,
  });
}

/**
 * A submission with its clip and campaign, all under lock, in the system's one order.
 *
 * @throws DomainError NOT_FOUND
 */
export async function lockSubmission(
  tx: Tx,
  submissionId: string,
): Promise<{ submission: SubmissionRow; clip: LockedClip; campaign: LockedCampaign }> {
  // Looked up before they are locked: the campaign never changes, the clip only under its lock and at most once.
  const found = await findSubmission(tx, submissionId);
  if (found === null) throw new DomainError('NOT_FOUND', 'There is no such submission.');
  const clip = (await lockClips(tx, [found.clipId])).get(found.clipId);
  const campaign = await lockCampaign(tx, found.campaignId);
  await tx.query('SELECT 1 FROM clip_schedules WHERE clip_id = $1 FOR NO KEY UPDATE', [found.clipId]);
  const { rows } = await tx.query<SubmissionColumns>(
    `SELECT ${COLUMNS} FROM clip_submissions WHERE id = $1 FOR NO KEY UPDATE`,
    [submissionId],
  );
  if (clip === undefined || rows[0] === undefined) throw new Error(`Submission ${submissionId} vanished while locked`);
  if (rows[0].clip_id !== clip.id) return lockSubmission(tx, submissionId);
  return { submission: rowOf(rows[0]), clip, campaign };
}

/**
 * Records an admin's yes and has the clip read at once; the settlement of that read freezes baseline and terms. The
 * accounts that it will credit exist from here on, so that a settlement inserts none.
 */
export async function requestApproval(
  tx: Tx,
  { submission, clip, actorId, at }: { submission: SubmissionRow; clip: LockedClip; actorId: string; at: Date },
): Promise<void> {
  const { campaignId, userId } = submission;
  await readSoon(tx, clip, at);
  await tx.query(
    `UPDATE clip_submissions SET approval_requested_at = $2, approval_requested_by = $3, approval_blocked = NULL, updated_at = $2
     WHERE id = $1`,
    [submission.id, at, actorId],
  );
  await ensureAccounts(tx, [
    { kind: 'budget', campaignId },
    { kind: 'pending', campaignId, userId },
    { kind: 'available', userId },
  ]);
}

/** Turns a pending submission down; its video may be submitted again, and nothing reads it any more. All is locked. */
export async function rejectSubmission(
  tx: Tx,
  rejection: {
    submission: SubmissionRow;
    campaign: LockedCampaign;
    reason: string;
    /** Null: the tracker did it. */
    actorId: string | null;
    at: Date;
  },
): Promise<void> {
  const { submission, campaign, reason, actorId, at } = rejection;
  await tx.query('DELETE FROM clip_schedules WHERE clip_id = $1', [submission.clipId]);
  await tx.query(
    `UPDATE clip_submissions SET status = 'REJECTED', rejection_reason = $2, approval_blocked = NULL, updated_at = $3
     WHERE id = $1`,
    [submission.id, reason, at],
  );
  const { id: submissionId, status: from } = submission;
  await recordStatusChange(tx, { submissionId, from, to: 'REJECTED', reason, campaign, actorId, at });
}

/** A line of a submission's history. */
export async function recordStatusChange(
  tx: Tx,
  change: {
    submissionId: string;
    from: SubmissionStatus | null;
    to: SubmissionStatus;
    reason: string | null;
    campaign: Pick<LockedCampaign, 'settlementNumber'>;
    actorId: string | null;
    at: Date;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO submission_status_changes (id, submission_id, from_status, to_status, reason, settlement_number, actor_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      newId(),
      change.submissionId,
      change.from,
      change.to,
      change.reason,
      change.campaign.settlementNumber.toString(),
      change.actorId,
      change.at,
    ],
  );
}

/** Tells the clipper's pages and the admins' queue where a submission stands. The last write of an operation. */
export async function announceSubmission(
  tx: Tx,
  submissionId: string,
  at: Date,
  /** The admin who decided: other admins' queues say who it was. */
  actorId: string | null = null,
): Promise<void> {
  const submission = await findSubmission(tx, submissionId);
  if (submission === null) return;
  const { id, clipId, campaignId, userId, status, approvalRequestedAt } = submission;
  const payload = {
    submissionId: id,
    clipId,
    campaignId,
    status,
    approvalRequested: approvalRequestedAt !== null,
    at: at.toISOString(),
  };
  const type = 'submission.changed';
  await appendEvents(tx, [
    { topic: userTopic(userId), type, payload },
    { topic: ADMIN_TOPIC, type, payload: { ...payload, by: await readActor(tx, actorId) } },
  ]);
}

async function readActor(tx: Tx, actorId: string | null): Promise<{ userId: string; name: string } | undefined> {
  if (actorId === null) return undefined;
  const { rows } = await tx.query<{ name: string }>('SELECT name FROM users WHERE id = $1', [actorId]);
  return rows[0] && { userId: actorId, name: rows[0].name };
}
