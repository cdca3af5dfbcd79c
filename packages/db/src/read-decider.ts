import type { SubmissionStatus } from '@clipmeter/core/submission-state';
import type { Queryable } from '#src/connect.ts';

/** Who decided on a submission last, and how. */
export interface Decider {
  /** Null: the tracker did it. */
  readonly userId: string | null;
  readonly name: string | null;
  readonly did: 'approved' | 'rejected' | 'withdrew' | 'revoked';
  readonly reason: string | null;
}

const DID: Partial<Record<SubmissionStatus, Decider['did']>> = {
  APPROVED: 'approved',
  REJECTED: 'rejected',
  WITHDRAWN: 'withdrew',
  REVOKED: 'revoked',
};

/** The last decision on a submission; null while it waits. A yes counts from when it was said, not from the read after it. */
export async function readDecider(client: Queryable, submissionId: string): Promise<Decider | null> {
  const { rows } = await client.query<{
    status: SubmissionStatus;
    asked_by: string | null;
    asked_name: string | null;
    actor_id: string | null;
    actor_name: string | null;
    reason: string | null;
  }>(
    `SELECT s.status, s.approval_requested_by AS asked_by, a.name AS asked_name, h.actor_id, u.name AS actor_name, h.reason
     FROM clip_submissions s LEFT JOIN users a ON a.id = s.approval_requested_by
       LEFT JOIN submission_status_changes h ON h.submission_id = s.id AND h.to_status = s.status AND s.status <> 'PENDING'
       LEFT JOIN users u ON u.id = h.actor_id
     WHERE s.id = $1`,
    [submissionId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.status === 'PENDING' || row.status === 'APPROVED')
    return row.asked_by === null && row.status === 'PENDING'
      ? null
      : { userId: row.asked_by, name: row.asked_name, did: 'approved', reason: null };
  const did = DID[row.status];
  return did === undefined ? null : { userId: row.actor_id, name: row.actor_name, did, reason: row.reason };
}
