import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';
import { rejectSchema, reviewListInputSchema, submitSchema } from '#src/input/submission.ts';
import { reviewListSchema, submissionChangedSchema } from '#src/output/submission.ts';
import { pending } from '#src/pending.ts';
import { adminProcedure, clipperProcedure, router } from '#src/procedure.ts';

export const submissionsRouter = router({
  /** Waiting for an admin or, after a yes, for the tracker's first read; oldest first. */
  review: adminProcedure.input(reviewListInputSchema).output(reviewListSchema).query(pending),
  submit: clipperProcedure.input(submitSchema).output(submissionChangedSchema).mutation(pending),
  approve: adminProcedure
    .input(z.object({ id: idSchema }))
    .output(submissionChangedSchema)
    .mutation(pending),
  reject: adminProcedure.input(rejectSchema).output(submissionChangedSchema).mutation(pending),
});
