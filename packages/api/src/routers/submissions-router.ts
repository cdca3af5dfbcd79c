import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';
import { rejectSchema, releaseHoldSchema, submitSchema } from '#src/input/submission.ts';
import { approveSubmission } from '#src/operations/approve-submission.ts';
import { rejectSubmission } from '#src/operations/reject-submission.ts';
import { releaseHold } from '#src/operations/release-hold.ts';
import { submitClip } from '#src/operations/submit-clip.ts';
import { myLinksSchema, submissionChangedSchema, submittedSchema } from '#src/output/submission.ts';
import { adminProcedure, clipperProcedure, router } from '#src/procedure.ts';
import { myLinks } from '#src/queries/my-links.ts';

export const submissionsRouter = router({
  /** Where the viewer's short links stand. */
  links: clipperProcedure.output(myLinksSchema).query(({ ctx }) => myLinks(ctx)),
  submit: clipperProcedure
    .input(submitSchema)
    .output(submittedSchema)
    .mutation(({ ctx, input }) => submitClip(ctx, ctx.viewer, input)),
  approve: adminProcedure
    .input(z.object({ id: idSchema }))
    .output(submissionChangedSchema)
    .mutation(({ ctx, input }) => approveSubmission(ctx, ctx.viewer, input)),
  reject: adminProcedure
    .input(rejectSchema)
    .output(submissionChangedSchema)
    .mutation(({ ctx, input }) => rejectSubmission(ctx, ctx.viewer, input)),
  /** Lets a clip earn again whose video was shown as somebody else's: that author is accepted for it. */
  releaseHold: adminProcedure
    .input(releaseHoldSchema)
    .output(submissionChangedSchema)
    .mutation(({ ctx, input }) => releaseHold(ctx, ctx.viewer, input)),
});
