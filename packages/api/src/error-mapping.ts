import { DomainError, type DomainErrorCode } from '@clipmeter/core/domain-error';
import { type TRPC_ERROR_CODE_KEY, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { ApiContext } from '#src/context.ts';

const CODES: Record<DomainErrorCode, TRPC_ERROR_CODE_KEY> = {
  INVALID_MONEY: 'BAD_REQUEST',
  INVALID_INPUT: 'BAD_REQUEST',
  INVALID_LINK: 'BAD_REQUEST',
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  WRONG_STATE: 'CONFLICT',
  CONFLICT: 'CONFLICT',
  LIMIT_REACHED: 'TOO_MANY_REQUESTS',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
};

/**
 * What a user may read: a DomainError's own sentence, what is wrong with an input, an answer that a procedure gave on
 * purpose. Anything else is logged with the request id, and the user gets that id and nothing internal.
 */
export function toTrpcError(error: TRPCError, ctx: ApiContext, path: string): TRPCError {
  const { cause } = error;
  if (cause instanceof DomainError) return new TRPCError({ code: CODES[cause.code], message: cause.message });
  if (error.code === 'BAD_REQUEST' && cause instanceof ZodError) {
    return new TRPCError({ code: 'BAD_REQUEST', message: inputSentence(cause) });
  }
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error;
  ctx.logError('request failed', { requestId: ctx.requestId, path, error: cause ?? error });
  return new TRPCError({
    code: 'INTERNAL_SERVER_ERROR',
    message: `Something went wrong on our side. If it happens again, tell us this number: ${ctx.requestId}`,
  });
}

function inputSentence(error: ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'That input is not valid.';
  const field = issue.path.join('.');
  return field === '' ? issue.message : `${field}: ${issue.message}`;
}
