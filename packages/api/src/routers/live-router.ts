import { DomainError } from '@clipmeter/core/domain-error';
import { parseCursor } from '@clipmeter/realtime/cursor';
import {
  ADMIN_TOPIC,
  campaignTopic,
  canSubscribe,
  EVERY_CAMPAIGN,
  PLATFORMS_TOPIC,
  type TopicFilter,
  userTopic,
} from '@clipmeter/realtime/topic';
import type { TrackedEnvelope } from '@trpc/server';
import { z } from 'zod';
import type { SignedInContext } from '#src/context.ts';
import { idSchema } from '#src/input/campaign.ts';
import { LiveSubscription } from '#src/live-subscription.ts';
import type { LiveMessage } from '#src/output/live-event.ts';
import { adminProcedure, clipperProcedure, router } from '#src/procedure.ts';

/**
 * Where to start: the `cursor` of the query that fed the page, then, after a reconnection, the id of the last message
 * (tRPC's client sends it by itself). Without it, or if the log no longer holds it, the first message is a `reset`.
 */
const startSchema = z.object({ lastEventId: z.string().max(100).nullish() });

const LIVE_CAMPAIGNS_MAX = 100;

export const liveRouter = router({
  /** Totals of the given campaigns, or of all, and how the platforms are doing. */
  campaigns: clipperProcedure
    .input(startSchema.extend({ ids: z.array(idSchema).max(LIVE_CAMPAIGNS_MAX).optional() }))
    .subscription(({ ctx, input, signal }) =>
      follow(ctx, [...(input.ids?.map(campaignTopic) ?? [EVERY_CAMPAIGN]), PLATFORMS_TOPIC], input.lastEventId, signal),
    ),

  /** One campaign with its changed clips; the viewer's own earnings; for admins everyone's. */
  campaign: clipperProcedure.input(startSchema.extend({ id: idSchema })).subscription(({ ctx, input, signal }) => {
    const topics = [campaignTopic(input.id), userTopic(ctx.viewer.userId), PLATFORMS_TOPIC];
    if (ctx.viewer.role === 'ADMIN') topics.push(ADMIN_TOPIC);
    return follow(ctx, topics, input.lastEventId, signal);
  }),

  /** The viewer's balances, earnings and notifications. */
  me: clipperProcedure
    .input(startSchema)
    .subscription(({ ctx, input, signal }) =>
      follow(ctx, [userTopic(ctx.viewer.userId), PLATFORMS_TOPIC], input.lastEventId, signal),
    ),

  /** Runs, alerts, platforms and every campaign's totals. */
  admin: adminProcedure
    .input(startSchema)
    .subscription(({ ctx, input, signal }) =>
      follow(ctx, [ADMIN_TOPIC, PLATFORMS_TOPIC, EVERY_CAMPAIGN], input.lastEventId, signal),
    ),
});

/** Typed as what tRPC iterates; a socket that knows a LiveSubscription feeds itself from it. */
function follow(
  ctx: SignedInContext,
  topics: TopicFilter[],
  lastEventId: string | null | undefined,
  signal: AbortSignal | undefined,
): AsyncIterable<TrackedEnvelope<LiveMessage>, void, undefined> {
  if (ctx.live === undefined) throw new DomainError('UNAVAILABLE', 'Live updates are not available here.');
  if (!topics.every((topic) => canSubscribe(topic, ctx.viewer))) {
    throw new DomainError('FORBIDDEN', 'You may not follow this.');
  }
  const after = lastEventId == null ? null : parseCursor(lastEventId);
  return new LiveSubscription({ live: ctx.live, topics, after, viewer: ctx.viewer, signal });
}
