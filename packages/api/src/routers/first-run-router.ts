import { adminFirstRunSchema, clipperFirstRunSchema } from '#src/output/first-run.ts';
import { adminProcedure, clipperProcedure, router } from '#src/procedure.ts';
import { adminFirstRun, clipperFirstRun } from '#src/queries/first-run.ts';

/** Where somebody stands who is new here. */
export const firstRunRouter = router({
  clipper: clipperProcedure.output(clipperFirstRunSchema).query(({ ctx }) => clipperFirstRun(ctx)),
  admin: adminProcedure.output(adminFirstRunSchema).query(({ ctx }) => adminFirstRun(ctx)),
});
