import { z } from 'zod';
import { noticeGroupSchema } from '#src/input/notification.ts';
import { countSchema, liveCursorSchema, timeSchema } from '#src/output/scalar.ts';

export const notificationSchema = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  link: z.string().nullable(),
  readAt: timeSchema.nullable(),
  createdAt: timeSchema,
});

export const notificationListSchema = z.object({
  items: z.array(notificationSchema),
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});

export const unreadSchema = z.object({ unread: countSchema, cursor: liveCursorSchema });

export const mailChoicesSchema = z.object({
  /** Where mails go, and whether that address was proved: without that nothing but the proof itself is sent. */
  email: z.string(),
  emailVerified: z.boolean(),
  groups: z.array(
    z.object({ group: noticeGroupSchema, label: z.string(), description: z.string(), mail: z.boolean() }),
  ),
});
