import type { EventSource } from '@clipmeter/realtime/event-source';
import type { Hub } from '@clipmeter/realtime/hub';
import { EVERY_SESSION } from '@clipmeter/realtime/topic';
import { z } from 'zod';
import type { SocketRegistry } from '#src/sockets/socket-registry.ts';

/** What the triggers write; checked here because the log holds plain JSON. */
const sessionEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session.ended'), payload: z.object({ sessionId: z.string() }) }),
  z.object({ type: z.literal('access.changed'), payload: z.object({ userId: z.string() }) }),
]);

/**
 * Closes sockets as sessions end and rights change: told at the commit, and once more by the log, which misses nothing
 * but may be held up by somebody's open transaction. Returns when the signal aborts.
 */
export async function closeEndedSessions(
  { source, hub }: { source: EventSource; hub: Hub },
  sockets: SocketRegistry,
  signal: AbortSignal,
): Promise<void> {
  const stopNoticing = source.onSessionNotice((notice) => {
    if (notice.type === 'session.ended') sockets.closeSession(notice.sessionId);
    else sockets.closeUser(notice.userId);
  });
  signal.addEventListener('abort', stopNoticing, { once: true });
  for await (const item of hub.subscribe([EVERY_SESSION], signal)) {
    // Something was missed, so nobody's session is certain: all come back and are asked for their cookie again.
    if (item.kind === 'reset') {
      sockets.closeAll();
      continue;
    }
    const event = sessionEvent.safeParse(item.event);
    if (!event.success) continue;
    if (event.data.type === 'session.ended') sockets.closeSession(event.data.payload.sessionId);
    else sockets.closeUser(event.data.payload.userId);
  }
}
