'use client';

import type { AlertRow } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';

/** Reading shows at once, here and in the bell; if the server did not take it, both say again what is true. */
export function useMarkRead(markSeen: (seen: (alert: AlertRow) => boolean, at: string) => void) {
  const utils = trpc.useUtils();
  const setUnread = (next: (unread: number) => number) =>
    utils.notifications.unread.setData(undefined, (data) => data && { ...data, unread: next(data.unread) });
  const refresh = () => {
    void utils.notifications.unread.invalidate();
    void utils.notifications.list.invalidate();
  };
  const some = trpc.notifications.markRead.useMutation({ onError: refresh });
  const all = trpc.notifications.markAllRead.useMutation({
    onSettled: () => void utils.notifications.unread.invalidate(),
    onError: refresh,
  });

  return {
    markRead: (alert: AlertRow) => {
      if (alert.readAt !== null) return;
      markSeen(({ id }) => id === alert.id, new Date().toISOString());
      setUnread((unread) => Math.max(0, unread - 1));
      some.mutate({ ids: [alert.id] });
    },
    markAllRead: (upTo: string | null) => {
      markSeen(({ createdAt }) => upTo === null || createdAt <= upTo, new Date().toISOString());
      setUnread(() => 0);
      all.mutate({ upTo });
    },
  };
}
