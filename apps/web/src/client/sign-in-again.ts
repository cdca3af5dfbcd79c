import { TRPCClientError } from '@trpc/client';

/** The session has ended: whatever asked, only signing in helps. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof TRPCClientError && error.data?.code === 'UNAUTHORIZED';
}

/** Leaves for the sign-in page, which says that the session has ended and brings the reader back here. */
export function signInAgain(): void {
  const from = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?ended=1&from=${encodeURIComponent(from)}`);
}
