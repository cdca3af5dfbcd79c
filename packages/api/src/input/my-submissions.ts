import { SUBMISSION_STATUSES } from '@clipmeter/core/submission-state';
import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';

export const mySubmissionsInputSchema = z.object({
  status: z.enum(SUBMISSION_STATUSES).nullish(),
  campaignId: idSchema.nullish(),
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(100).default(30),
});
export type MySubmissionsInput = z.infer<typeof mySubmissionsInputSchema>;

export const checkLinkSchema = z.object({
  /** None: no campaign is chosen yet. */
  campaignId: idSchema.nullish(),
  link: z.string().trim().min(1).max(2000),
});
export type CheckLink = z.infer<typeof checkLinkSchema>;
