import { countUnreadNotifications } from '@clipmeter/db/read-people';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { chooseMail } from '@clipmeter/db/transact-notification';
import { withTransaction } from '@clipmeter/db/transaction';
import { z } from 'zod';
import {
  chooseMailSchema,
  markAllReadSchema,
  markReadSchema,
  notificationListInputSchema,
} from '#src/input/notification.ts';
import { markAllNotificationsRead, markNotificationsRead } from '#src/operations/mark-notifications-read.ts';
import { mailChoicesSchema, notificationListSchema, unreadSchema } from '#src/output/notification.ts';
import { countSchema } from '#src/output/scalar.ts';
import { clipperProcedure, router } from '#src/procedure.ts';
import { mailChoices } from '#src/queries/mail-choices.ts';
import { notificationList } from '#src/queries/notification-list.ts';

const changedSchema = z.object({ changed: countSchema });

/** What a viewer was told, and how they want to be told. Nobody reaches anybody else's. */
export const notificationsRouter = router({
  list: clipperProcedure
    .input(notificationListInputSchema)
    .output(notificationListSchema)
    .query(({ ctx, input }) => notificationList(ctx, input)),
  /** For the bell. */
  unread: clipperProcedure
    .output(unreadSchema)
    .query(({ ctx }) =>
      readSnapshot(ctx.pool, async (tx) => ({ unread: await countUnreadNotifications(tx, ctx.viewer.userId) })),
    ),
  markRead: clipperProcedure
    .input(markReadSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => markNotificationsRead(ctx, ctx.viewer, input)),
  markAllRead: clipperProcedure
    .input(markAllReadSchema)
    .output(changedSchema)
    .mutation(({ ctx, input }) => markAllNotificationsRead(ctx, ctx.viewer, input)),
  mailChoices: clipperProcedure.output(mailChoicesSchema).query(({ ctx }) => mailChoices(ctx)),
  chooseMail: clipperProcedure
    .input(chooseMailSchema)
    .output(mailChoicesSchema)
    .mutation(async ({ ctx, input }) => {
      const choice = { userId: ctx.viewer.userId, at: ctx.now(), ...input };
      await withTransaction(ctx.pool, (tx) => chooseMail(tx, choice));
      return mailChoices(ctx);
    }),
});
