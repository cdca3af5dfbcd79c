import { personIdSchema, personListInputSchema, suspendSchema } from '#src/input/person.ts';
import { changeAccess } from '#src/operations/change-access.ts';
import { accessStandingSchema, personListSchema, personPageSchema } from '#src/output/person.ts';
import { adminProcedure, router } from '#src/procedure.ts';
import { personList, personPage } from '#src/queries/person-list.ts';

/** Everybody who has an account, for admins. */
export const peopleRouter = router({
  list: adminProcedure
    .input(personListInputSchema)
    .output(personListSchema)
    .query(({ ctx, input }) => personList(ctx, input)),
  byId: adminProcedure
    .input(personIdSchema)
    .output(personPageSchema)
    .query(({ ctx, input }) => personPage(ctx, input)),
  promote: adminProcedure
    .input(personIdSchema)
    .output(accessStandingSchema)
    .mutation(({ ctx, input }) => changeAccess(ctx, ctx.viewer, { ...input, action: 'promote' })),
  demote: adminProcedure
    .input(personIdSchema)
    .output(accessStandingSchema)
    .mutation(({ ctx, input }) => changeAccess(ctx, ctx.viewer, { ...input, action: 'demote' })),
  suspend: adminProcedure
    .input(suspendSchema)
    .output(accessStandingSchema)
    .mutation(({ ctx, input }) => changeAccess(ctx, ctx.viewer, { ...input, action: 'suspend' })),
  restore: adminProcedure
    .input(personIdSchema)
    .output(accessStandingSchema)
    .mutation(({ ctx, input }) => changeAccess(ctx, ctx.viewer, { ...input, action: 'restore' })),
});
