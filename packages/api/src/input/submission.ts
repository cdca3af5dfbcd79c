import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';

export const submitSchema = z.object({
  /** The caller may make the id (uuid): a repeat then answers with the submission that exists. */
  id: idSchema.optional(),
  campaignId: idSchema,
  link: z.string().trim().min(1, 'Paste the link of your clip.').max(2000),
});

export const rejectSchema = z.object({
  id: idSchema,
  reason: z.string().trim().min(1, 'Say why, so that the clipper can do better.').max(500),
});

export const releaseHoldSchema = z.object({
  id: idSchema,
  reason: z.string().trim().min(1, 'Say why the video may count for this clipper.').max(500),
});
