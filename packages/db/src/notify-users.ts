import { type NoticeGroup, type NoticeKind, noticeGroupOf, noticeGroupWords } from '@clipmeter/core/notice-kind';
import { userTopic } from '@clipmeter/realtime/topic';
import { v7 as uuidv7 } from 'uuid';
import { arrayLiteral } from '#src/array-literal.ts';
import { appendEvents } from '#src/event-log.ts';
import { type NewMail, queueMails } from '#src/mail-outbox.ts';
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

/**
 * Writes notices, announces those that are new, and writes the mails of who wants them by mail. A repeat of a cause is
 * silent. A fixed number of statements, however many are told.
 */
export async function notifyUsers(tx: Tx, notices: readonly NewNotification[], now: Date): Promise<void> {
  if (notices.length === 0) return;
  const { rows } = await tx.query<WrittenNotice>(
    `INSERT INTO notifications (id, user_id, kind, cause, title, body, link, created_at)
     SELECT n.*, $8 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS n
     ON CONFLICT ON CONSTRAINT notifications_once DO NOTHING
     RETURNING id, user_id, kind, cause, title, body, link`,
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
  await queueMails(tx, await mailsOf(tx, rows), now);
}

interface WrittenNotice {
  id: string;
  user_id: string;
  kind: NoticeKind;
  cause: string;
  title: string;
  body: string;
  link: string | null;
}

/** Nothing goes to an address that nobody has proved to be theirs, or to somebody who is suspended. */
async function mailsOf(tx: Tx, notices: readonly WrittenNotice[]): Promise<NewMail[]> {
  if (notices.length === 0) return [];
  const { rows } = await tx.query<{ id: string; email: string; choices: Partial<Record<NoticeGroup, boolean>> }>(
    `SELECT u.id, u.email, coalesce((SELECT jsonb_object_agg(p.group_name, p.mail)
       FROM notification_preferences p WHERE p.user_id = u.id), '{}') AS choices
     FROM users u WHERE u.id = ANY ($1) AND u.email_verified AND u.suspended_at IS NULL`,
    [arrayLiteral([...new Set(notices.map((notice) => notice.user_id))])],
  );
  const people = new Map(rows.map((row) => [row.id, row]));
  return notices.flatMap((notice) => {
    const person = people.get(notice.user_id);
    const group = noticeGroupOf(notice.kind);
    const wanted = person?.choices[group] ?? noticeGroupWords(group).mailedByDefault;
    if (person === undefined || !wanted) return [];
    const { kind, cause, title: subject, body, link } = notice;
    const mail = { userId: person.id, to: person.email, kind, cause, subject, body };
    return [{ ...mail, link: link === null ? null : { href: link, label: 'Open it in Clipmeter' } }];
  });
}
