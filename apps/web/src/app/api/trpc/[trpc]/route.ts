import { appRouter } from '@clipmeter/api/app-router';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { requestContext } from '#src/server/request-context.ts';

const BATCH_MAX = 20;

/** Queries and mutations over HTTP. Subscriptions are the tracker's: here they answer that they are not available. */
function handler(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    maxBatchSize: BATCH_MAX,
    createContext: () => requestContext(request.headers),
  });
}

export { handler as GET, handler as POST };
