import { Client } from 'pg';
import { connectionConfig } from '#src/connect.ts';
import { EVENTS_CHANNEL } from '#src/event-log.ts';

export interface EventListenerOptions {
  url: string;
  applicationName?: string;
  /** The first wait after a lost connection; it doubles up to `retryMaxMs`. */
  retryMinMs?: number;
  retryMaxMs?: number;
  onConnectionError?: (error: Error) => void;
}

export interface EventListener {
  onNudge(callback: () => void): () => void;
  close(): Promise<void>;
}

/**
 * Listens for the nudges of the event log on a connection of its own, and comes back by itself when Postgres does. Each
 * connection begins with a nudge, for what may have been said while nobody listened.
 */
export function createEventListener(options: EventListenerOptions): EventListener {
  const callbacks = new Set<() => void>();
  const retryMinMs = options.retryMinMs ?? 100;
  const retryMaxMs = options.retryMaxMs ?? 5_000;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let waitMs = retryMinMs;
  let started = false;
  let closed = false;

  const nudge = () => {
    for (const callback of callbacks) callback();
  };

  const connect = async () => {
    timer = undefined;
    const config = connectionConfig({ ...options, role: 'app' });
    const next = new Client({ ...config, keepAlive: true });
    client = next;
    let lost = false;
    const retry = (error?: Error) => {
      if (lost) return;
      lost = true;
      if (error) options.onConnectionError?.(error);
      void next.end().catch(() => {});
      if (closed) return;
      timer = setTimeout(() => void connect(), waitMs);
      waitMs = Math.min(waitMs * 2, retryMaxMs);
    };
    next.on('error', retry);
    next.on('end', () => retry());
    next.on('notification', nudge);
    try {
      await next.connect();
      await next.query(`LISTEN ${EVENTS_CHANNEL}`);
    } catch (error) {
      return retry(error instanceof Error ? error : new Error(String(error)));
    }
    waitMs = retryMinMs;
    nudge();
  };

  return {
    onNudge(callback) {
      callbacks.add(callback);
      if (!started && !closed) {
        started = true;
        void connect();
      }
      return () => {
        callbacks.delete(callback);
      };
    },
    async close() {
      closed = true;
      callbacks.clear();
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
