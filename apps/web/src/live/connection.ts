/** What is known of the socket. `asOfMs`: until when the numbers on the page are known to be true. */
export interface Connection {
  phase: 'connecting' | 'live' | 'reconnecting' | 'offline';
  /** Attempts since it was last open. */
  attempt: number;
  asOfMs: number;
}

export type ConnectionEvent =
  | { type: 'attempt' }
  | { type: 'opened'; atMs: number }
  | { type: 'closed'; atMs: number }
  | { type: 'browser-offline'; atMs: number }
  /** The web answered a query although the socket is down. */
  | { type: 'refreshed'; atMs: number };

/** After so many attempts in vain (about 7 s) the page no longer promises a quick return. */
export const OFFLINE_AFTER_ATTEMPTS = 4;

/** How the dot changes. Attempts are counted from 1; the very first connection is no reconnection. */
export function nextConnection(state: Connection, event: ConnectionEvent): Connection {
  switch (event.type) {
    case 'attempt': {
      if (state.phase === 'live') return state;
      const attempt = state.attempt + 1;
      if (attempt > OFFLINE_AFTER_ATTEMPTS) return { ...state, attempt, phase: 'offline' };
      if (state.phase === 'offline') return { ...state, attempt };
      return {
        ...state,
        attempt,
        phase: state.phase === 'connecting' && attempt === 1 ? 'connecting' : 'reconnecting',
      };
    }
    case 'opened':
      return { phase: 'live', attempt: 0, asOfMs: event.atMs };
    case 'closed':
      return state.phase === 'live' ? { phase: 'reconnecting', attempt: 0, asOfMs: event.atMs } : state;
    case 'browser-offline':
      return { ...state, phase: 'offline', asOfMs: state.phase === 'live' ? event.atMs : state.asOfMs };
    case 'refreshed':
      return state.phase === 'live' ? state : { ...state, asOfMs: event.atMs };
  }
}

/**
 * How long to wait before an attempt (the first is number 1): at once, then 1, 2, 4 … 30 s. A part of it is chance,
 * so that a thousand pages do not come back to a restarted tracker in the same moment.
 */
export function attemptDelayMs(attempt: number, chance: number): number {
  if (attempt <= 1) return 0;
  const fullMs = Math.min(1000 * 2 ** (attempt - 2), 30_000);
  return Math.round(fullMs * (0.75 + 0.5 * chance));
}
