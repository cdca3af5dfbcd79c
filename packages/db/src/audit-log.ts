import type { AuditAction } from '@clipmeter/core/audit-action';
import { ADMIN_TOPIC } from '@clipmeter/realtime/topic';
import { appendEvents } from '#src/event-log.ts';
import { newId } from '#src/new-id.ts';
import type { Tx } from '#src/transaction.ts';

/** What an act can be about. */
export type AuditSubjectKind = 'campaign' | 'submission' | 'clip' | 'user' | 'social_account' | 'payout_request';

export interface AuditRow {
  /** Null: the system. */
  readonly actorId: string | null;
  readonly action: AuditAction;
  readonly subjectKind: AuditSubjectKind;
  readonly subjectId: string;
  /** What the act changed, as it was: the same fields as `after`. JSON; money as decimal strings. Never a secret. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  /** What else should be known of it: a reason, an amount, an id. JSON as above. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** Records who did what, in the transaction that does it; open pages of admins are told. */
export async function appendAudit(tx: Tx, row: AuditRow): Promise<void> {
  const { actorId, action, subjectKind, subjectId, before, after, at } = row;
  const id = newId();
  const details = { ...row.details, ...(before && { before }), ...(after && { after }) };
  await tx.query(
    `INSERT INTO audit_log (id, actor_id, action, subject_kind, subject_id, details, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, actorId, action, subjectKind, subjectId, JSON.stringify(details), at],
  );
  await appendEvents(tx, [
    {
      topic: ADMIN_TOPIC,
      type: 'audit.appended',
      payload: { id, actorId, action, subjectKind, subjectId, at: at.toISOString() },
    },
  ]);
}
