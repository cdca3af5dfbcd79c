import type { SessionNotice } from '@clipmeter/realtime/event-source';
import { Client, type Notification } from 'pg';
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
  onSessionNotice(callback: (notice: SessionNotice) => void): () => void;
  close(): Promise<void>;
}

/**
 * Listens for the nudges of the event log on a connection of its own, and comes back by itself when Postgres does. Each
 * connection begins with a nudge, for what may have been said while nobody listened.
 */
export function createEventListener(options: EventListenerOptions): EventListener {
  const callbacks = new Set<() => void>();
  const noticed = new Set<(notice: SessionNotice) => void>();
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

  const onNotification = ({ payload = '' }: Notification) => {
    const notice = readNotice(payload);
    if (notice !== null) for (const callback of noticed) callback(notice);
    nudge();
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
    next.on('notification', onNotification);
    try {
      await next.connect();
      await next.query(`LISTEN ${EVENTS_CHANNEL}`);
    } catch (error) {
      return retry(error instanceof Error ? error : new Error(String(error)));
    }
    waitMs = retryMinMs;
    nudge();
  };

  function listen<Callback>(to: Set<Callback>, callback: Callback): () => void {
    to.add(callback);
    if (!started && !closed) {
      started = true;
      void connect();
    }
    return () => {
      to.delete(callback);
    };
  }

  return {
    onNudge: (callback) => listen(callbacks, callback),
    onSessionNotice: (callback) => listen(noticed, callback),
    async close() {
      closed = true;
      callbacks.clear();
      noticed.clear();
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}

/** What the triggers on sessions and users say. Everything else says only that something was written. */
function readNotice(payload: string): SessionNotice | null {
  const [type, id = ''] = payload.split(' ');
  if (type === 'session.ended') return { type, sessionId: id };
  return type === 'access.changed' ? { type, userId: id } : null;
}
