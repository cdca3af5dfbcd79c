'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { httpBatchLink, splitLink, wsLink } from '@trpc/client';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import superjson from 'superjson';
import { ConnectionStore } from '#src/client/connection-store.ts';
import { createLiveSocket, liveSocketUrl } from '#src/client/live-socket.ts';
import { createQueryClient } from '#src/client/query-client.ts';
import { isUnauthorized, signInAgain } from '#src/client/sign-in-again.ts';
import { trpc } from '#src/client/trpc.ts';

const ConnectionContext = createContext<ConnectionStore | null>(null);

export function useConnectionStore(): ConnectionStore {
  const store = useContext(ConnectionContext);
  if (store === null) throw new Error('useConnectionStore needs Providers above it');
  return store;
}

interface ProvidersProps {
  /** Where the tracker's socket is. */
  socket: { url: string | null; port: number };
  children: ReactNode;
}

/** tRPC for a page: subscriptions over the tracker's socket, everything else in batches over HTTP. */
export function Providers({ socket, children }: ProvidersProps) {
  const [page] = useState(() => createPage(socket));

  useEffect(() => {
    // While the socket is down, an answer over HTTP says how fresh the numbers are.
    return page.queryClient.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success' && event.action.manual !== true) {
        page.connection.dispatch({ type: 'refreshed', atMs: Date.now() });
      }
    });
  }, [page]);

  return (
    <ConnectionContext value={page.connection}>
      <trpc.Provider client={page.client} queryClient={page.queryClient}>
        <QueryClientProvider client={page.queryClient}>
          <NuqsAdapter>{children}</NuqsAdapter>
        </QueryClientProvider>
      </trpc.Provider>
    </ConnectionContext>
  );
}

function createPage(address: ProvidersProps['socket']) {
  const connection = new ConnectionStore();
  const queryClient = createQueryClient({
    onError: (error) => {
      if (isUnauthorized(error)) signInAgain();
    },
  });
  const http = httpBatchLink({ url: '/api/trpc', transformer: superjson, maxItems: 20 });
  if (typeof window === 'undefined') return { connection, queryClient, client: trpc.createClient({ links: [http] }) };

  const socket = createLiveSocket(liveSocketUrl(address, window.location), connection);
  const client = trpc.createClient({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: wsLink({ client: socket, transformer: superjson }),
        false: http,
      }),
    ],
  });
  return { connection, queryClient, client };
}
