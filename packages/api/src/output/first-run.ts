import { z } from 'zod';
import { mySubmissionSchema } from '#src/output/my-submissions.ts';
import { countSchema, liveCursorSchema } from '#src/output/scalar.ts';
import { socialAccountSchema } from '#src/output/social-account.ts';

/** What a clipper's first steps are told from. What each part means is for core to say. */
export const clipperFirstRunSchema = z.object({
  email: z.string(),
  emailVerified: z.boolean(),
  accounts: z.array(socialAccountSchema),
  /** Campaigns that take clips now. */
  running: countSchema,
  /** The latest. */
  submission: mySubmissionSchema.nullable(),
  /** A clip of theirs was approved: the first run is over. */
  wasApproved: z.boolean(),
  cursor: liveCursorSchema,
});

/** The same for a Clipmeter that is new. */
export const adminFirstRunSchema = z.object({
  shared: z.object({ id: z.string(), title: z.string() }).nullable(),
  drafts: countSchema,
  waiting: countSchema,
  wasSubmitted: z.boolean(),
  /** Somebody has decided on a submission: the first run is over. */
  wasReviewed: z.boolean(),
  cursor: liveCursorSchema,
});
