import type { NoticeGroup } from '@clipmeter/core/notice-kind';
import { userTopic } from '@clipmeter/realtime/topic';
import { appendEvents } from '#src/event-log.ts';
import type { Tx } from '#src/transaction.ts';

interface Seen {
  readonly userId: string;
  /** Null: all, or all up to a time. */
  readonly ids: readonly string[] | null;
  readonly upTo: Date | null;
  readonly at: Date;
}

/** Marks notices as read; the owner's other open pages are told. Somebody else's ids change nothing. */
export async function markRead(tx: Tx, { userId, ids, upTo, at }: Seen): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE notifications SET read_at = $3 WHERE user_id = $1 AND read_at IS NULL AND ($4::timestamptz IS NULL OR created_at <= $4)
       AND ($2::uuid[] IS NULL OR id = ANY ($2))`,
    [userId, ids, at, upTo],
  );
  if (!rowCount) return 0;
  await appendEvents(tx, [
    { topic: userTopic(userId), type: 'notifications.read', payload: { ids, at: (upTo ?? at).toISOString() } },
  ]);
  return rowCount;
}

/** Keeps whether somebody wants a group of notices by mail. */
export async function chooseMail(
  tx: Tx,
  choice: { userId: string; group: NoticeGroup; mail: boolean; at: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO notification_preferences (user_id, group_name, mail, updated_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (user_id, group_name) DO UPDATE SET mail = excluded.mail, updated_at = excluded.updated_at`,
    [choice.userId, choice.group, choice.mail, choice.at],
  );
}
