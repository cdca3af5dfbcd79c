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
export function appendAudit(tx: Tx, row: AuditRow): Promise<void> {
  return appendAudits(tx, [row]);
}

/** The same for several acts at once, in as many statements as for one. */
export async function appendAudits(tx: Tx, rows: readonly AuditRow[]): Promise<void> {
  if (rows.length === 0) return;
  const entries = rows.map((row) => ({ ...row, id: newId() }));
  await tx.query(
    `INSERT INTO audit_log (id, actor_id, action, subject_kind, subject_id, details, created_at)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::timestamptz[])`,
    [
      entries.map(({ id }) => id),
      entries.map(({ actorId }) => actorId),
      entries.map(({ action }) => action),
      entries.map(({ subjectKind }) => subjectKind),
      entries.map(({ subjectId }) => subjectId),
      entries.map(({ details, before, after }) =>
        JSON.stringify({ ...details, ...(before && { before }), ...(after && { after }) }),
      ),
      entries.map(({ at }) => at),
    ],
  );
  await appendEvents(
    tx,
    entries.map(({ id, actorId, action, subjectKind, subjectId, at }) => ({
      topic: ADMIN_TOPIC,
      type: 'audit.appended',
      payload: { id, actorId, action, subjectKind, subjectId, at: at.toISOString() },
    })),
  );
}
