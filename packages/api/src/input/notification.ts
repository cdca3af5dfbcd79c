import { NOTICE_GROUPS } from '@clipmeter/core/notice-kind';
import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';

export const noticeGroupSchema = z.enum(NOTICE_GROUPS);

export const notificationListInputSchema = z.object({
  group: noticeGroupSchema.nullish(),
  unreadOnly: z.boolean().default(false),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(100).default(30),
});

export const markReadSchema = z.object({ ids: z.array(idSchema).min(1).max(100) });
/** Up to the newest that the reader has before them; without it all that there are. */
export const markAllReadSchema = z.object({ upTo: z.iso.datetime().nullish() });
export const chooseMailSchema = z.object({ group: noticeGroupSchema, mail: z.boolean() });

export type NotificationListInput = z.infer<typeof notificationListInputSchema>;
