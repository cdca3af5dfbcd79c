'use client';

import type { LiveDotState } from '@clipmeter/ui/live-dot';
import { clockText } from '@clipmeter/ui/time-text';
import { useSyncExternalStore } from 'react';
import { useConnectionStore } from '#src/client/providers.tsx';
import type { Connection } from '#src/live/connection.ts';

const ON_SERVER: Connection = { phase: 'connecting', attempt: 0, asOfMs: 0 };

export function useConnection(): Connection {
  const store = useConnectionStore();
  return useSyncExternalStore(store.subscribe, store.get, () => ON_SERVER);
}

/** What the dot shows. */
export function useLiveDot(): LiveDotState {
  const { phase, attempt, asOfMs } = useConnection();
  switch (phase) {
    case 'connecting':
    case 'live':
      return { kind: phase };
    case 'reconnecting':
      return { kind: phase, attempt };
    case 'offline':
      return { kind: phase, asOf: clockText(new Date(asOfMs)) };
  }
}

const POLL_MS = 15_000;

/** For a live query's `refetchInterval`: every 15 s while the socket is down for longer, never while it works. */
export function usePollInterval(): number | false {
  return useConnection().phase === 'offline' ? POLL_MS : false;
}
