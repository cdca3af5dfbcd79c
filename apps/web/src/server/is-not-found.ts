import { TRPCError } from '@trpc/server';

/** No such thing, or an id that cannot be one: for a page both are 404. */
export function isNotFound(error: unknown): boolean {
  return error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST');
}
