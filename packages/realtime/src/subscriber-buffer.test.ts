import { describe, expect, it } from 'vitest';
import { formatCursor } from '#src/cursor.ts';
import type { LogEvent } from '#src/event-source.ts';
import { charactersOf, SubscriberBuffer } from '#src/subscriber-buffer.ts';

const LIMITS = { conflateAbove: 0, eventsMax: 3, charactersMax: 10_000 };

function event(xid: number, type: string, payload: unknown, topic = 'campaign:c1'): LogEvent {
  return { cursor: formatCursor({ generation: 1, xid: BigInt(xid), id: 1n }), topic, type, payload, at: new Date(xid) };
}
const changed = (xid: number, version: number, clips: unknown[] = [], campaignId = 'c1') =>
  event(xid, 'campaign.changed', { campaignId, version, spent: `${version}.000000`, clips }, `campaign:${campaignId}`);
const clip = (clipId: string, version: number) => ({ clipId, version, views: version * 10 });

function filled(events: LogEvent[], limits = LIMITS) {
  const buffer = new SubscriberBuffer(limits);
  for (const each of events) buffer.push(each, charactersOf(each));
  return buffer;
}
function drain(buffer: SubscriberBuffer) {
  const items = [];
  for (let item = buffer.take(); item !== null; item = buffer.take()) items.push(item);
  return items;
}

describe('what waits for a slow subscriber', () => {
  it('is kept as it is, in order, while it is little', () => {
    const events = [changed(1, 1), changed(2, 2)];
    expect(drain(filled(events, { ...LIMITS, conflateAbove: 2 })).map((item) => item.cursor)).toEqual(
      events.map((e) => e.cursor),
    );
  });

  it('becomes the latest totals and the latest of every clip, in the place of the oldest', () => {
    const [first, second] = drain(
      filled([
        changed(1, 1, [clip('a', 1), clip('b', 1)]),
        changed(2, 5, [], 'c2'),
        changed(3, 2, [clip('b', 2), clip('d', 1)]),
      ]),
    );
    expect(first).toMatchObject({
      cursor: '1:1:1',
      latest: '1:3:1',
      event: { payload: { version: 2, spent: '2.000000', clips: [clip('a', 1), clip('b', 2), clip('d', 1)] } },
    });
    expect(second).toMatchObject({ cursor: '1:2:1', event: { topic: 'campaign:c2' } });
  });

  it('keeps the higher version, whichever came later in the log', () => {
    const [item] = drain(filled([changed(1, 7, [clip('a', 4)]), changed(2, 6, [clip('a', 3)])]));
    expect(item).toMatchObject({ event: { payload: { version: 7, clips: [clip('a', 4)] } } });
  });

  it('never joins more clips than one event may carry', () => {
    const many = (from: number) => Array.from({ length: 60 }, (_, i) => clip(`clip-${from + i}`, 1));
    expect(drain(filled([changed(1, 1, many(0)), changed(2, 2, many(60))]))).toHaveLength(2);
  });

  it('keeps each notification', () => {
    const notice = (xid: number) => event(xid, 'notification.created', { id: `n${xid}` }, 'user:u1');
    expect(drain(filled([notice(1), notice(2)]))).toHaveLength(2);
  });

  it('is dropped for one reset when it is too much, and goes on behind it', () => {
    const buffer = filled([1, 2, 3, 4, 5].map((xid) => changed(xid, xid, [], `c${xid}`)));
    expect(drain(buffer)).toEqual([{ kind: 'reset', cursor: '1:5:1' }]);
    const next = changed(6, 6);
    buffer.push(next, charactersOf(next));
    expect(drain(buffer)).toMatchObject([{ kind: 'event', cursor: '1:6:1' }]);
  });

  it('is bounded in size too', () => {
    const large = event(1, 'notification.created', { body: 'x'.repeat(20_000) }, 'user:u1');
    expect(drain(filled([large]))).toEqual([{ kind: 'reset', cursor: large.cursor }]);
  });
});
