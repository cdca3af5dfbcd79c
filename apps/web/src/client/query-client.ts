import { QueryCache, QueryClient } from '@tanstack/react-query';
import superjson from 'superjson';

interface QueryClientOptions {
  onError?: (error: Error) => void;
}

/**
 * One a request on the server, one a page in the browser. Data stays fresh because events keep it so: nothing is
 * fetched again without a reason, and what the server fetched arrives with the page.
 */
export function createQueryClient(options: QueryClientOptions = {}): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => options.onError?.(error) }),
    defaultOptions: {
      queries: { staleTime: 30_000, refetchOnWindowFocus: false, retry: 1 },
      // Only what has arrived: a layout is rendered beside its page, and what it passed on as pending the page's own
      // data would not replace until the browser has it all.
      dehydrate: { serializeData: superjson.serialize },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
