import type { NoticeKind } from '@clipmeter/core/notice-kind';
import { userTopic } from '@clipmeter/realtime/topic';
import { v7 as uuidv7 } from 'uuid';
import { appendEvents } from '#src/event-log.ts';
import type { Tx } from '#src/transaction.ts';

/** A notice to one user, written in the transaction that causes it. */
export interface NewNotification {
  readonly userId: string;
  readonly kind: NoticeKind;
  /** What caused it; a user is told of a cause once for each kind. */
  readonly cause: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
}

/** Writes notices and announces those that are new. A repeat of a cause is silent. */
export async function notifyUsers(tx: Tx, notices: readonly NewNotification[], now: Date): Promise<void> {
  if (notices.length === 0) return;
  const { rows } = await tx.query<{
    id: string;
    user_id: string;
    kind: string;
    title: string;
    body: string;
    link: string | null;
  }>(
    `INSERT INTO notifications (id, user_id, kind, cause, title, body, link, created_at)
     SELECT n.*, $8 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS n
     ON CONFLICT ON CONSTRAINT notifications_once DO NOTHING
     RETURNING id, user_id, kind, title, body, link`,
    [
      notices.map(() => uuidv7()),
      notices.map((notice) => notice.userId),
      notices.map((notice) => notice.kind),
      notices.map((notice) => notice.cause),
      notices.map((notice) => notice.title),
      notices.map((notice) => notice.body),
      notices.map((notice) => notice.link),
      now,
    ],
  );
  await appendEvents(
    tx,
    rows.map((row) => ({
      topic: userTopic(row.user_id),
      type: 'notification.created',
      payload: { id: row.id, kind: row.kind, title: row.title, body: row.body, link: row.link, at: now.toISOString() },
    })),
  );
}
