import { expect, test } from 'vitest';
import { conflate } from '#src/conflation.ts';
import { formatCursor } from '#src/cursor.ts';
import { CLIPS_PER_EVENT_MAX } from '#src/event.ts';
import type { LogEvent } from '#src/event-source.ts';

function event(xid: number, type: string, payload: object): LogEvent {
  const cursor = formatCursor({ generation: 1, xid: BigInt(xid), id: 1n });
  return { cursor, topic: 'topic', type, payload, at: new Date(xid) };
}
const clips = (from: number, count: number, version: number) =>
  Array.from({ length: count }, (_, index) => ({ clipId: `clip-${from + index}`, version }));

test('a warning that clips were left out outlives the event that gave it', () => {
  const truncated = event(1, 'campaign.changed', { campaignId: 'c', version: 1, clips: [], truncated: true });
  const whole = event(2, 'campaign.changed', { campaignId: 'c', version: 2, clips: [] });
  expect(conflate(truncated, whole)?.payload).toMatchObject({ version: 2, truncated: true });
  expect(conflate(whole, truncated)?.payload).toMatchObject({ version: 2, truncated: true });
  expect(conflate(whole, whole)?.payload).not.toHaveProperty('truncated');
});

test('a part of a large settlement takes in a later read of its own clips, and is not joined with the next part', () => {
  const part = (xid: number, from: number) =>
    event(xid, 'earnings.changed', { userId: 'u', balances: [], clips: clips(from, CLIPS_PER_EVENT_MAX, 1) });
  expect(conflate(part(1, 0), part(2, CLIPS_PER_EVENT_MAX))).toBeNull();

  const later = event(3, 'earnings.changed', { userId: 'u', balances: [], clips: clips(0, 1, 2) });
  const joined = conflate(part(1, 0), later);
  expect(joined?.payload).toMatchObject({ clips: [{ clipId: 'clip-0', version: 2 }, ...clips(1, 99, 1)] });
});
