import { z } from 'zod';
import { liveCursorSchema, submissionStatusSchema, timeSchema } from '#src/output/scalar.ts';

export const submissionChangedSchema = z.object({
  id: z.string(),
  clipId: z.string(),
  status: submissionStatusSchema,
  /** Approved by an admin; the tracker reads the video and freezes baseline and terms. */
  approvalRequested: z.boolean(),
});

/** A short or share link was submitted: the tracker follows it, and `link.changed` tells its clipper how that ended. */
const linkFollowedSchema = z.object({
  id: z.string(),
  clipId: z.null(),
  status: z.literal('RESOLVING'),
  approvalRequested: z.literal(false),
});

export const submittedSchema = z.discriminatedUnion('status', [submissionChangedSchema, linkFollowedSchema]);

/** The viewer's short and share links, newest first, at most 50. */
export const myLinksSchema = z.object({
  items: z.array(
    z.object({
      linkId: z.string(),
      campaignId: z.string(),
      url: z.string(),
      status: z.enum(['WAITING', 'RESOLVED', 'FAILED']),
      /** Why it failed, in one sentence. */
      reason: z.string().nullable(),
      submissionId: z.string().nullable(),
      createdAt: timeSchema,
    }),
  ),
  cursor: liveCursorSchema,
});
