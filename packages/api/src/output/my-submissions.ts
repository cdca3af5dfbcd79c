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

/** A submission as its clipper sees it. */
export const mySubmissionSchema = z.object({
  submissionId: z.string(),
  clipId: z.string(),
  campaignId: z.string(),
  campaignTitle: z.string(),
  campaignStatus: campaignStatusSchema,
  platform: platformSchema,
  url: z.string(),
  title: z.string().nullable(),
  authorHandle: z.string().nullable(),
  hasThumbnail: z.boolean(),
  publishedAt: timeSchema.nullable(),
  version: countSchema,
  /** Null until it was read. */
  views: countSchema.nullable(),
  status: submissionStatusSchema,
  firstReadAt: timeSchema.nullable(),
  /** Why its first read takes longer, in words. */
  firstReadBlocked: z.string().nullable(),
  approvalRequestedAt: timeSchema.nullable(),
  /** Why its approval waits, in words. */
  approvalBlocked: z.string().nullable(),
  /** Why it was rejected or revoked. */
  reason: z.string().nullable(),
  heldReason: z.string().nullable(),
  createdAt: timeSchema,
});

export const mySubmissionsSchema = z.object({
  items: z.array(mySubmissionSchema),
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});

/** One submission, or the short link that becomes it. */
export const mySubmissionPageSchema = z.object({
  submission: mySubmissionSchema.nullable(),
  link: z
    .object({
      linkId: z.string(),
      campaignId: z.string(),
      url: z.string(),
      status: z.enum(['WAITING', 'RESOLVED', 'FAILED']),
      reason: z.string().nullable(),
    })
    .nullable(),
  cursor: liveCursorSchema,
});

export const mySubmissionCountsSchema = z.object({
  counts: z.record(submissionStatusSchema, countSchema),
  cursor: liveCursorSchema,
});

/** What a clip can be submitted to, and from where. */
export const submitChoicesSchema = z.object({
  campaigns: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      brand: z.string(),
      platforms: z.array(platformSchema),
      ratePer1000: decimalSchema,
      rates: z.array(z.object({ platform: platformSchema, ratePer1000: decimalSchema })),
    }),
  ),
  accounts: z.array(z.object({ platform: platformSchema, handle: z.string() })),
});

/** What would be refused now, before anything is submitted. */
export const linkCheckSchema = z.object({
  /** One sentence; null: nothing speaks against it. */
  refusal: z.string().nullable(),
  /** The platform on which an account has to be verified first. */
  needsAccount: platformSchema.nullable(),
});
