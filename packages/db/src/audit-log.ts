import { newId } from '#src/new-id.ts';
import type { Tx } from '#src/transaction.ts';

export interface AuditRow {
  /** Null: the system. */
  readonly actorId: string | null;
  /** `noun.verb`: "campaign.pause". */
  readonly action: string;
  readonly subjectKind: 'campaign' | 'submission' | 'user';
  readonly subjectId: string;
  /** JSON; money as decimal strings. Never a secret. */
  readonly details?: Record<string, unknown>;
  readonly at: Date;
}

/** Records who did what, in the transaction that does it. */
export async function appendAudit(tx: Tx, row: AuditRow): Promise<void> {
  await tx.query(
    `INSERT INTO audit_log (id, actor_id, action, subject_kind, subject_id, details, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), row.actorId, row.action, row.subjectKind, row.subjectId, JSON.stringify(row.details ?? {}), row.at],
  );
}
