import { REVIEW_WARNINGS } from '@clipmeter/core/review-warning';
import { z } from 'zod';
import {
  campaignStatusSchema,
  countSchema,
  decimalSchema,
  liveCursorSchema,
  platformSchema,
  submissionStatusSchema,
  timeSchema,
} from '#src/output/scalar.ts';

const warningSchema = z.object({ kind: z.enum(REVIEW_WARNINGS), word: z.string(), sentence: z.string() });
const namedSchema = z.object({ id: z.string(), name: z.string() });
const titledSchema = z.object({ id: z.string(), title: z.string() });

/** Ratios of reactions to views, and what 98 of 100 clips of the same platform and a like age have. */
const engagementSchema = z.object({
  kind: z.enum(['usual', 'below', 'above', 'too_few', 'unknown']),
  rate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  peers: countSchema,
});

/** A submission with what an admin looks at before deciding. */
export const reviewItemSchema = z.object({
  submissionId: z.string(),
  clipId: z.string(),
  campaign: titledSchema,
  clipper: namedSchema,
  platform: platformSchema,
  url: z.string(),
  title: z.string().nullable(),
  authorHandle: z.string().nullable(),
  hasThumbnail: z.boolean(),
  publishedAt: timeSchema.nullable(),
  views: countSchema,
  likes: countSchema.nullable(),
  comments: countSchema.nullable(),
  shares: countSchema.nullable(),
  /** Null: its first read is still to come. */
  readAt: timeSchema.nullable(),
  /** Why its first read takes long, in words. */
  readBlocked: z.string().nullable(),
  engagement: engagementSchema,
  warnings: z.array(warningSchema),
  /** A yes that waits for its read, and why. */
  approval: z.object({ at: timeSchema, by: z.string().nullable(), blocked: z.string().nullable() }).nullable(),
  /** Why an approval that was asked for has to be asked for again. */
  approvalLapsed: z.string().nullable(),
  heldReason: z.string().nullable(),
  /** When it was submitted, or put on hold. */
  since: timeSchema,
});

export const reviewCountsSchema = z.object({
  waiting: countSchema,
  asked: countSchema,
  held: countSchema,
  cursor: liveCursorSchema,
});

export const reviewQueueSchema = z.object({
  items: z.array(reviewItemSchema),
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});

export const decisionsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      submissionId: z.string(),
      clipId: z.string(),
      campaign: titledSchema,
      clipper: namedSchema,
      platform: platformSchema,
      url: z.string(),
      title: z.string().nullable(),
      hasThumbnail: z.boolean(),
      decision: z.enum(['APPROVED', 'REJECTED', 'REVOKED']),
      reason: z.string().nullable(),
      by: z.string().nullable(),
      at: timeSchema,
    }),
  ),
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});

/** One submission in full: what is known, what was done, what it earned and what of that could be taken back. */
export const reviewedSubmissionSchema = z.object({
  item: reviewItemSchema,
  status: submissionStatusSchema,
  campaignStatus: campaignStatusSchema,
  /** Its campaign is closing or releasing: money waits. */
  isBusy: z.boolean(),
  terms: z.object({ metric: z.string(), initialViews: countSchema, ratePer1000: decimalSchema }).nullable(),
  earned: decimalSchema,
  reversed: decimalSchema,
  reversible: decimalSchema,
  reversalTo: z.enum(['budget', 'outside']),
  history: z.array(
    z.object({
      id: z.string(),
      kind: z.enum([
        'submitted',
        'asked',
        'approved',
        'rejected',
        'withdrawn',
        'revoked',
        'held',
        'released',
        'reversed',
      ]),
      reason: z.string().nullable(),
      by: z.string().nullable(),
      amount: decimalSchema.nullable(),
      at: timeSchema,
    }),
  ),
  cursor: liveCursorSchema,
});

export const decidedSchema = z.object({
  results: z.array(z.object({ id: z.string(), refusal: z.string().nullable() })),
});

export const reversedSchema = z.object({ id: z.string(), earned: decimalSchema, reversed: decimalSchema });
