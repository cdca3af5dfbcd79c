import type { LiveMessage, PageEvent } from '@clipmeter/api/output/live-event';
import { isUnauthorized, signInAgain } from '#src/client/sign-in-again.ts';

interface LiveHandlers {
  onEvent: (event: PageEvent) => void;
  /** The log no longer holds what came after the page's snapshot: fetch it again. */
  onReset: () => void;
}

/** The options every subscription of a page shares: events to the reducers, a reset to the queries. */
export function liveOptions({ onEvent, onReset }: LiveHandlers) {
  return {
    onData: ({ data }: { data: LiveMessage }) => {
      if (data.type === 'reset') onReset();
      else onEvent(data);
    },
    onError: (error: unknown) => {
      if (isUnauthorized(error)) signInAgain();
    },
  };
}
