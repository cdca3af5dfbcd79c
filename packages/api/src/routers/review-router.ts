import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';
import {
  approveManySchema,
  decisionsInputSchema,
  rejectManySchema,
  reverseSchema,
  reviewQueueInputSchema,
  revokeSchema,
} from '#src/input/review.ts';
import { decideSubmissions } from '#src/operations/decide-submissions.ts';
import { reverseEarnings } from '#src/operations/reverse-earnings.ts';
import { revokeSubmission } from '#src/operations/revoke-submission.ts';
import {
  decidedSchema,
  decisionsSchema,
  reversedSchema,
  reviewCountsSchema,
  reviewedSubmissionSchema,
  reviewQueueSchema,
} from '#src/output/review.ts';
import { submissionChangedSchema } from '#src/output/submission.ts';
import { adminProcedure, router } from '#src/procedure.ts';
import { decisionList } from '#src/queries/decision-list.ts';
import { reviewCounts, reviewQueue } from '#src/queries/review-queue.ts';
import { reviewedSubmission } from '#src/queries/reviewed-submission.ts';

export const reviewRouter = router({
  /** What waits for an admin, what waits for the tracker after a yes, or what is on hold. */
  queue: adminProcedure
    .input(reviewQueueInputSchema)
    .output(reviewQueueSchema)
    .query(({ ctx, input }) => reviewQueue(ctx, input)),
  /** How many are in each queue. */
  counts: adminProcedure.output(reviewCountsSchema).query(({ ctx }) => reviewCounts(ctx)),
  /** What was decided, the latest first. */
  decisions: adminProcedure
    .input(decisionsInputSchema)
    .output(decisionsSchema)
    .query(({ ctx, input }) => decisionList(ctx, input)),
  /** One submission in full, with its history. */
  submission: adminProcedure
    .input(z.object({ id: idSchema }))
    .output(reviewedSubmissionSchema)
    .query(({ ctx, input }) => reviewedSubmission(ctx, input)),
  /** One or many: each is done, or says why not. */
  approve: adminProcedure
    .input(approveManySchema)
    .output(decidedSchema)
    .mutation(({ ctx, input }) =>
      decideSubmissions(ctx, ctx.viewer, { ids: input.ids, seenAs: 'waiting', decision: { kind: 'approve' } }),
    ),
  reject: adminProcedure
    .input(rejectManySchema)
    .output(decidedSchema)
    .mutation(({ ctx, input: { ids, seenAs, reason } }) =>
      decideSubmissions(ctx, ctx.viewer, { ids, seenAs, decision: { kind: 'reject', reason } }),
    ),
  /** Ends an approval: the clip earns no more, what it earned stays. */
  revoke: adminProcedure
    .input(revokeSchema)
    .output(submissionChangedSchema)
    .mutation(({ ctx, input }) => revokeSubmission(ctx, ctx.viewer, input)),
  /** Takes back what a revoked clip earned. */
  reverse: adminProcedure
    .input(reverseSchema)
    .output(reversedSchema)
    .mutation(({ ctx, input }) => reverseEarnings(ctx, ctx.viewer, input)),
});
