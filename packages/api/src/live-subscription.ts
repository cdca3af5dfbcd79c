import type { Cursor } from '@clipmeter/realtime/cursor';
import { LiveFeed, type LiveItem, type LiveSink } from '@clipmeter/realtime/live-feed';
import { liveStream } from '@clipmeter/realtime/live-stream';
import type { BufferBudget } from '@clipmeter/realtime/subscriber-buffer';
import type { TopicFilter } from '@clipmeter/realtime/topic';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { LiveContext, Viewer } from '#src/context.ts';
import type { LiveMessage, PageEvent } from '#src/output/live-event.ts';
import { toPageEvent } from '#src/output/page-event.ts';

export interface LiveSubscriptionSpec {
  live: LiveContext;
  topics: readonly TopicFilter[];
  /** Where the reader stands; null: it begins with a reset. */
  after: Cursor | null;
  viewer: Viewer;
  signal?: AbortSignal | undefined;
}

/**
 * What a live procedure returns: authorised, parsed, and not yet listening. tRPC can iterate it like any subscription
 * (in process, in tests); our sockets open a feed instead and write each message's frame when it is published.
 */
export class LiveSubscription implements AsyncIterable<TrackedEnvelope<LiveMessage>, void, undefined> {
  readonly #spec: LiveSubscriptionSpec;

  constructor(spec: LiveSubscriptionSpec) {
    this.#spec = spec;
  }

  /** A feed into `sink`, to be started by the caller. What waits in it counts towards the budget. */
  openFeed(sink: LiveSink, budget: BufferBudget): LiveFeed {
    const { live, topics, after } = this.#spec;
    return new LiveFeed({ source: live.source, hub: live.hub, topics, after, budget }, sink);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrackedEnvelope<LiveMessage>, void, undefined> {
    const { live, topics, after, viewer, signal = new AbortController().signal } = this.#spec;
    for await (const item of liveStream({ source: live.source, hub: live.hub, topics, after, signal })) {
      const message = messageFor(viewer, item);
      if (message !== null) yield tracked(item.cursor, message);
    }
  }
}

/** The item as a viewer gets it, the same object for every subscription; null if it is not for them. */
export function messageFor(viewer: Viewer | null, item: LiveItem): LiveMessage | null {
  if (item.kind === 'reset') return { type: 'reset', topic: null, payload: { cursor: item.cursor } };
  const event = toPageEvent(item.event);
  return event !== null && mayReceive(event, viewer) ? event : null;
}

/** Topics keep people's earnings apart; drafts are on the topics of all campaigns, and are for admins. */
function mayReceive(event: PageEvent, viewer: Viewer | null): boolean {
  if (viewer?.role === 'ADMIN') return true;
  const isCampaign = event.type === 'campaign.changed' || event.type === 'campaign.edited';
  return !isCampaign || event.payload.status !== 'DRAFT';
}
