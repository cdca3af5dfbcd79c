import { z } from 'zod';
import {
  campaignStatusSchema,
  completionReasonSchema,
  countSchema,
  decimalSchema,
  liveCursorSchema,
  metricSchema,
  platformSchema,
  submissionStatusSchema,
  timeSchema,
} from '#src/output/scalar.ts';

/** What a clip's state follows from, besides its counts: core/clip-state. Only its clipper and admins get it. */
export const clipStandingSchema = z.object({
  approvedAt: timeSchema,
  ratePer1000: decimalSchema,
  cap: decimalSchema.nullable(),
  minViews: countSchema,
  /** Earned under earlier terms. */
  carried: decimalSchema,
  heldReason: z.string().nullable(),
  revokedReason: z.string().nullable(),
});

/** A clip in a campaign: one approved (or still waiting) submission. */
export const clipRowSchema = z.object({
  clipId: z.string(),
  submissionId: z.string(),
  campaignId: z.string(),
  /** 1 is the clip that grew most in this campaign. */
  rank: countSchema,
  version: countSchema,
  platform: platformSchema,
  url: z.string(),
  title: z.string().nullable(),
  authorHandle: z.string().nullable(),
  thumbnailUrl: z.string().nullable(),
  publishedAt: timeSchema.nullable(),
  availability: z.enum(['UNREAD', 'LIVE', 'PRIVATE', 'GONE']),
  status: submissionStatusSchema,
  metric: metricSchema.nullable(),
  views: countSchema,
  /** Views at approval; null until then. */
  initialViews: countSchema.nullable(),
  /** A jump waits for a second read before it pays. */
  doubtful: z.boolean(),
  lastReadAt: timeSchema.nullable(),
  /** Null when nothing wants it read any more. */
  nextReadAt: timeSchema.nullable(),
  /** The last read that found more views. */
  grewAt: timeSchema.nullable(),
  /** Null: not approved yet, or somebody else's. */
  standing: clipStandingSchema.nullable(),
  mine: z.boolean(),
  /** Credited in this campaign, in all. Null: somebody else's, and the viewer is no admin. */
  credited: decimalSchema.nullable(),
  /** Lifetime of the clip; the same rule. */
  earnings: decimalSchema.nullable(),
  /** For admins only. */
  clipper: z.object({ id: z.string(), name: z.string() }).nullable(),
});

/** One's own clip, with what is known of its campaign. */
export const ownClipSchema = clipRowSchema.extend({
  campaignTitle: z.string(),
  campaignStatus: campaignStatusSchema,
  campaignCompletionReason: completionReasonSchema.nullable(),
  campaignReleased: z.boolean(),
});

export const clipListSchema = z.object({
  items: z.array(clipRowSchema),
  total: countSchema,
  cursor: liveCursorSchema,
});

export type ClipRow = z.infer<typeof clipRowSchema>;
export type OwnClip = z.infer<typeof ownClipSchema>;
