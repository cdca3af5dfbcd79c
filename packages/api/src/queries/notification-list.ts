import { NOTICE_KINDS, noticeGroupOf } from '@clipmeter/core/notice-kind';
import { readNotifications } from '@clipmeter/db/read-notifications';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import type { NotificationListInput } from '#src/input/notification.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

/** What the viewer was told, newest first, a page at a time. */
export function notificationList({ pool, viewer }: SignedInContext, input: NotificationListInput) {
  const { group, unreadOnly, limit } = input;
  const after = parsePlace(input.cursor);
  const kinds = group == null ? null : NOTICE_KINDS.filter((kind) => noticeGroupOf(kind) === group);
  return readSnapshot(pool, async (tx) => {
    const rows = await readNotifications(tx, { userId: viewer.userId, kinds, unreadOnly, after, limit: limit + 1 });
    return pageOf(rows, limit, (row) => row);
  });
}
