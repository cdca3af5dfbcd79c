import { setInterval } from 'node:timers/promises';
import { createPool } from '@clipmeter/db/connect';
import { appendEvents } from '@clipmeter/db/event-log';
import { createEventSource } from '@clipmeter/db/event-source';
import { withTransaction } from '@clipmeter/db/transaction';
import { Follower } from '@clipmeter/realtime/follower';

/** How often something unrelated happens. */
const SAY_EVERY_MS = 20;
/** As long as one waits for a commit, others say more. */
const CONNECTIONS = 4;

/** Measures how long what happens elsewhere takes to be heard live. */
export interface LiveDelays {
  /** What was heard since the last call, in ms from just before its transaction began. */
  take(): readonly number[];
  /** Resolves when all that was said is heard. */
  stop(): Promise<void>;
}

/**
 * Writes something unrelated again and again, on connections of its own, and times when a follower hears it: in between lie
 * one small transaction and whatever holds the log's horizon.
 */
export function measureLiveDelays(url: string): LiveDelays {
  const pool = createPool({ url, max: CONNECTIONS, applicationName: 'live-delays' });
  const source = createEventSource(pool, { url, retryMinMs: 10 });
  const saidAt: number[] = [];
  let delaysMs: number[] = [];
  const last = { place: -1, heard: Promise.withResolvers<void>() };
  const hear = (place: number) => {
    delaysMs.push(performance.now() - (saidAt[place] ?? Number.NaN));
    if (place === last.place) last.heard.resolve();
  };
  const follower = new Follower({
    source,
    hub: {
      publish: (events) =>
        events.flatMap(({ topic, type }) => (topic === 'unrelated' ? [Number(type)] : [])).forEach(hear),
      reset() {
        throw new Error('the follower lost its place');
      },
    },
    onError(error) {
      throw error;
    },
  });
  const following = follower.run();
  const say = (): Promise<void> => {
    const place = saidAt.push(performance.now()) - 1;
    return withTransaction(pool, (tx) => appendEvents(tx, [{ topic: 'unrelated', type: `${place}`, payload: {} }]));
  };
  let isSaying = true;
  const saying = (async () => {
    const said: Promise<void>[] = [];
    for await (const _ of setInterval(SAY_EVERY_MS)) {
      if (!isSaying) break;
      said.push(say());
    }
    await Promise.all(said);
  })();
  return {
    take() {
      const taken = delaysMs;
      delaysMs = [];
      return taken;
    },
    async stop() {
      isSaying = false;
      await saying;
      // The log has an order: when this is heard, so was all before it.
      last.place = saidAt.length;
      await Promise.all([say(), last.heard.promise]);
      follower.stop();
      await following;
      await source.close();
      await pool.end();
    },
  };
}
