import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import type { ApiContext } from '#src/context.ts';
import { toTrpcError } from '#src/error-mapping.ts';

const t = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  // Nothing internal leaves: no stack, no cause; the request id finds the log line.
  errorFormatter: ({ shape, ctx }) => ({
    ...shape,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      requestId: ctx?.requestId,
    },
  }),
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Anyone, signed in or not. */
export const publicProcedure = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error, ctx, path);
  return result;
});

/** Any signed-in user. */
export const clipperProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.viewer === null) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Please sign in.' });
  return next({ ctx: { ...ctx, viewer: ctx.viewer } });
});

export const adminProcedure = clipperProcedure.use(({ ctx, next }) => {
  if (ctx.viewer.role !== 'ADMIN') throw new TRPCError({ code: 'FORBIDDEN', message: 'Only an admin may do this.' });
  return next();
});
