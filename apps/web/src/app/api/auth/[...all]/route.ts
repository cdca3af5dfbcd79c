import { backend } from '#src/server/backend.ts';

/** Signing in, up and out: better-auth answers all of it. */
function handler(request: Request): Promise<Response> {
  return backend().auth.handler(request);
}

export { handler as GET, handler as POST };
