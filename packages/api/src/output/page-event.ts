import type { LogEvent } from '@clipmeter/realtime/event-source';
import { liveEventSchema, type PageEvent } from '#src/output/live-event.ts';

// An event goes to many subscribers and is checked once.
const checked = new WeakMap<LogEvent, PageEvent | null>();

/**
 * The event as a page gets it, or null for one that no page knows (an older page may meet a newer tracker's events, and
 * must not break over them). Fields that the schema does not name are dropped.
 */
export function toPageEvent(event: LogEvent): PageEvent | null {
  const known = checked.get(event);
  if (known !== undefined) return known;
  const parsed = liveEventSchema.safeParse({ topic: event.topic, type: event.type, payload: event.payload });
  const page = parsed.success ? parsed.data : null;
  checked.set(event, page);
  return page;
}
