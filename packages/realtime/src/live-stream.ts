import { LiveFeed, type LiveFeedOptions, type LiveItem } from '#src/live-feed.ts';

export interface LiveStreamOptions extends LiveFeedOptions {
  signal: AbortSignal;
}

/** A feed for who pulls: each item when it is asked for, until the signal aborts. What waits meanwhile is conflated. */
export async function* liveStream(options: LiveStreamOptions): AsyncGenerator<LiveItem, void, undefined> {
  const { signal } = options;
  const hand: { item: LiveItem | null; wanted: boolean; failure: { error: unknown } | null } = {
    item: null,
    wanted: false,
    failure: null,
  };
  let wake: () => void = () => {};
  // Who pulls has room for one at a time, and pulls again soon.
  const feed = new LiveFeed(
    { ...options, keptMax: Number.POSITIVE_INFINITY },
    {
      hasRoom: () => hand.wanted,
      take(item) {
        hand.item = item;
        hand.wanted = false;
        wake();
      },
      fail(error) {
        hand.failure = { error };
        wake();
      },
    },
  );
  const cut = () => {
    feed.stop();
    wake();
  };
  signal.addEventListener('abort', cut, { once: true });
  try {
    if (!signal.aborted) feed.start();
    while (!signal.aborted) {
      hand.wanted = true;
      feed.resume();
      while (hand.item === null && hand.failure === null && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (hand.failure !== null) throw hand.failure.error;
      if (hand.item === null) return;
      const { item } = hand;
      hand.item = null;
      yield item;
    }
  } finally {
    signal.removeEventListener('abort', cut);
    feed.stop();
  }
}
