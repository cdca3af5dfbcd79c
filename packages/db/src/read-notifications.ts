import type { NoticeKind } from '@clipmeter/core/notice-kind';
import type { Queryable } from '#src/connect.ts';

export interface NotificationRow {
  id: string;
  kind: string;
  title: string;
  body: string;
  link: string | null;
  readAt: string | null;
  createdAt: string;
}

export interface NotificationFilter {
  readonly userId: string;
  /** Null: of every kind. */
  readonly kinds: readonly NoticeKind[] | null;
  readonly unreadOnly: boolean;
  /** Those after this one, in the list's order. */
  readonly after: { createdAt: Date; id: string } | null;
  readonly limit: number;
}

/** What somebody was told, newest first. */
export async function readNotifications(client: Queryable, filter: NotificationFilter): Promise<NotificationRow[]> {
  // Two texts rather than one with an OR: each is read along an index of its own.
  const unread = filter.unreadOnly ? 'AND read_at IS NULL' : '';
  const { rows } = await client.query<{
    id: string;
    kind: string;
    title: string;
    body: string;
    link: string | null;
    read_at: Date | null;
    created_at: Date;
  }>(
    `SELECT id, kind, title, body, link, read_at, created_at FROM notifications
     WHERE user_id = $1 ${unread} AND ($2::text[] IS NULL OR kind = ANY ($2))
       AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $5`,
    [filter.userId, filter.kinds, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    body: row.body,
    link: row.link,
    readAt: row.read_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }));
}

/** What somebody chose; a group that is not in it follows its default. */
export async function readMailChoices(client: Queryable, userId: string): Promise<Map<string, boolean>> {
  const { rows } = await client.query<{ group_name: string; mail: boolean }>(
    'SELECT group_name, mail FROM notification_preferences WHERE user_id = $1',
    [userId],
  );
  return new Map(rows.map((row) => [row.group_name, row.mail]));
}
