import { PLATFORMS } from '@clipmeter/core/platform';
import { REVIEW_QUEUES } from '@clipmeter/db/read-review';
import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';

const pageSchema = z.object({
  campaignId: idSchema.optional(),
  platform: z.enum(PLATFORMS).optional(),
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(100).default(50),
});

export const reviewQueueInputSchema = pageSchema.extend({
  queue: z.enum(REVIEW_QUEUES).default('waiting'),
  order: z.enum(['newest', 'oldest']).default('newest'),
});

export const decisionsInputSchema = pageSchema;

/** As many as a page holds. */
const DECIDED_TOGETHER_MAX = 100;

const idsSchema = z.array(idSchema).min(1).max(DECIDED_TOGETHER_MAX);
/** Where the clips stood on the admin's page: a yes that another admin said meanwhile is not overruled unseen. */
const seenAsSchema = z.enum(['waiting', 'asked']);
const reasonSchema = z.string().trim().min(1, 'Say why, so that the clipper can do better.').max(500);

export const approveManySchema = z.object({ ids: idsSchema });
export const rejectManySchema = z.object({ ids: idsSchema, seenAs: seenAsSchema, reason: reasonSchema });
export const revokeSchema = z.object({
  id: idSchema,
  reason: z.string().trim().min(1, 'Say why: the clipper reads it.').max(500),
});
export const reverseSchema = z.object({
  id: idSchema,
  /** The caller may make it (uuid): a repeat then moves nothing. */
  reversalId: idSchema.optional(),
  amount: z.string().max(30),
  reason: z.string().trim().min(1, 'Say why: the clipper reads it.').max(500),
});
