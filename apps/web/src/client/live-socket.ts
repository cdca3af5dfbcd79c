import { createWSClient, type TRPCWebSocketClient } from '@trpc/client';
import type { ConnectionStore } from '#src/client/connection-store.ts';
import { attemptDelayMs } from '#src/live/connection.ts';

/** A page hidden for longer than this may have a socket that only looks open: it gets a new one. */
const STALE_AFTER_HIDDEN_MS = 20_000;

/**
 * The one socket of a page, opened when something subscribes; it lives as long as the page. tRPC cannot be told to
 * hurry, so the wait before an attempt lives in the `url` callback, where waking up or coming back online ends it.
 */
export function createLiveSocket(url: string, store: ConnectionStore): TRPCWebSocketClient {
  let attempt = 0;
  let endWait: (() => void) | undefined;
  let hiddenSinceMs: number | undefined;

  const client = createWSClient({
    url: async () => {
      attempt += 1;
      store.dispatch({ type: 'attempt' });
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, attemptDelayMs(attempt, Math.random()));
        endWait = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      return url;
    },
    retryDelayMs: () => 0,
    lazy: { enabled: true, closeMs: 5_000 },
    keepAlive: { enabled: true, intervalMs: 10_000, pongTimeoutMs: 5_000 },
    onOpen: () => {
      attempt = 0;
      store.dispatch({ type: 'opened', atMs: Date.now() });
    },
    onClose: () => store.dispatch({ type: 'closed', atMs: Date.now() }),
  });

  const hurry = () => {
    attempt = Math.min(attempt, 1);
    endWait?.();
  };
  const startAnew = () => {
    const { connection } = client;
    if (connection?.state === 'open') connection.ws.close();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      hiddenSinceMs = Date.now();
      return;
    }
    const hiddenMs = hiddenSinceMs === undefined ? 0 : Date.now() - hiddenSinceMs;
    hiddenSinceMs = undefined;
    if (hiddenMs > STALE_AFTER_HIDDEN_MS) startAnew();
    hurry();
  });
  // Another network: what was open may hang on the old one without ever saying so.
  window.addEventListener('online', () => {
    startAnew();
    hurry();
  });
  window.addEventListener('offline', () => store.dispatch({ type: 'browser-offline', atMs: Date.now() }));
  return client;
}

/** `ws://` beside the page's own host, or the address the server gave. */
export function liveSocketUrl(address: { url: string | null; port: number }, location: Location): string {
  const protocol = location.protocol === 'https:' ? 'wss' : 'ws';
  if (address.url?.startsWith('/')) return `${protocol}://${location.host}${address.url}`;
  if (address.url !== null) return address.url;
  return `${protocol}://${location.hostname}:${address.port}/trpc`;
}
