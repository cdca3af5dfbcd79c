import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';
import { checkLinkSchema, mySubmissionsInputSchema } from '#src/input/my-submissions.ts';
import { withdrawSubmission } from '#src/operations/withdraw-submission.ts';
import {
  linkCheckSchema,
  mySubmissionCountsSchema,
  mySubmissionPageSchema,
  mySubmissionsSchema,
  submitChoicesSchema,
} from '#src/output/my-submissions.ts';
import { submissionChangedSchema } from '#src/output/submission.ts';
import { clipperProcedure, router } from '#src/procedure.ts';
import { checkLink } from '#src/queries/check-link.ts';
import { mySubmission, mySubmissionCounts, mySubmissions } from '#src/queries/my-submissions.ts';
import { submitChoices } from '#src/queries/submit-choices.ts';

const byId = z.object({ id: idSchema });

/** What a clipper has submitted. Submitting itself, like every decision, is under `submissions`. */
export const mySubmissionsRouter = router({
  /** Newest first. */
  list: clipperProcedure
    .input(mySubmissionsInputSchema)
    .output(mySubmissionsSchema)
    .query(({ ctx, input }) => mySubmissions(ctx, input)),
  byId: clipperProcedure
    .input(byId)
    .output(mySubmissionPageSchema)
    .query(({ ctx, input }) => mySubmission(ctx, input)),
  counts: clipperProcedure.output(mySubmissionCountsSchema).query(({ ctx }) => mySubmissionCounts(ctx)),
  /** Campaigns that take clips now, and the accounts to submit from. */
  choices: clipperProcedure.output(submitChoicesSchema).query(({ ctx }) => submitChoices(ctx)),
  /** What would be refused now. */
  check: clipperProcedure
    .input(checkLinkSchema)
    .output(linkCheckSchema)
    .query(({ ctx, input }) => checkLink(ctx, input)),
  withdraw: clipperProcedure
    .input(byId)
    .output(submissionChangedSchema)
    .mutation(({ ctx, input }) => withdrawSubmission(ctx, ctx.viewer, input)),
});
