import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchResults } from '#src/match-results.ts';
import type { VideoOutcome, VideoRef } from '#src/port.ts';
import { missing, type ReadItem, shownVideo } from '#src/read-item.ts';

const ID = '7234567890123456789';
const OTHER_ID = '7999999999999999999';

function ref(externalId: string): VideoRef {
  return { externalId, url: `https://www.tiktok.com/@mira/video/${externalId}`, authorHandle: 'mira' };
}

function shown(plays: bigint | null): VideoOutcome {
  return shownVideo({
    counts: { plays },
    engagement: {},
    authorId: null,
    authorHandle: null,
    publishedAt: null,
    title: null,
    thumbnailUrl: null,
    durationMs: null,
    raw: null,
  });
}

function item(read: Partial<ReadItem> & Pick<ReadItem, 'outcome'>): ReadItem {
  return { externalId: null, askedUrls: [], ownUrls: [], ...read };
}

function outcomeOf(items: ReadItem[]): VideoOutcome | undefined {
  return matchResults('TIKTOK', [ref(ID)], items)[0]?.outcome;
}

test('an item is matched by its id, whatever its address says', () => {
  const read = item({ externalId: ID, ownUrls: ['https://www.tiktok.com/@renamed/photo/1'], outcome: shown(5n) });
  expect(outcomeOf([read])).toMatchObject({ kind: 'found', counts: { plays: 5n } });
});

test('an item without an id is matched by the canonical form of its address', () => {
  const url = `https://m.tiktok.com/v/${ID}.html?lang=en#top`;
  const outcome = missing('private', 'PRIVATE_POST');
  expect(outcomeOf([item({ ownUrls: ['not a url', url], outcome })])).toEqual(outcome);
  expect(outcomeOf([item({ askedUrls: [url], outcome })])).toEqual(outcome);
});

test("another video's counts under our address are not ours", () => {
  const read = item({ externalId: OTHER_ID, ownUrls: [ref(ID).url], outcome: shown(9_000_000n) });
  expect(outcomeOf([read])).toMatchObject({ kind: 'unknown' });
});

test('an address on another platform matches nothing', () => {
  const read = item({ ownUrls: ['https://www.youtube.com/watch?v=dQw4w9WgXcQ'], outcome: shown(5n) });
  expect(outcomeOf([read])).toMatchObject({ kind: 'absent' });
});

test('a video that no item is about is absent', () => {
  expect(outcomeOf([])).toMatchObject({ kind: 'absent' });
});

describe('our address, answered with another video', () => {
  /** What a platform sends that leads our address on to that video. */
  const led = (externalId: string, askedFor = ID) =>
    item({ externalId, askedUrls: [ref(askedFor).url], ownUrls: [ref(externalId).url], outcome: shown(9_000_000n) });

  test('is that other one by name, without its counts', () => {
    expect(outcomeOf([led(OTHER_ID)])).toEqual({
      kind: 'other',
      externalId: OTHER_ID,
      reason: `the platform answered with another video (${OTHER_ID})`,
    });
  });

  test('is unknown where the item does not name one and the same video throughout', () => {
    const mixedUp = item({ ...led(OTHER_ID), ownUrls: [ref(ID).url] });
    const nameless = item({ ...led(OTHER_ID), ownUrls: [] });
    expect(outcomeOf([mixedUp])).toMatchObject({ kind: 'unknown' });
    expect(outcomeOf([nameless])).toMatchObject({ kind: 'unknown' });
  });

  test('is unknown where two items lead to two videos, however often each', () => {
    const items = [led(OTHER_ID), led('7888888888888888888'), led(OTHER_ID)];
    expect(outcomeOf(items)).toMatchObject({ kind: 'unknown' });
  });

  test('is itself where any item answers for it, whichever came first', () => {
    const own = item({ externalId: ID, outcome: shown(5n) });
    for (const items of [
      [led(OTHER_ID), own],
      [own, led(OTHER_ID)],
    ])
      expect(outcomeOf(items)).toMatchObject({ kind: 'found', counts: { plays: 5n } });
    const gone = item({ askedUrls: [ref(ID).url], outcome: missing('not_found', 'NOT_FOUND') });
    expect(outcomeOf([led(OTHER_ID), gone])).toMatchObject({ kind: 'not_found' });
  });

  test('and that one asked for too: each by its own name', () => {
    const outcomes = matchResults('TIKTOK', [ref(ID), ref(OTHER_ID)], [led(OTHER_ID), led(OTHER_ID, OTHER_ID)]);
    expect(outcomes.map(({ outcome }) => outcome)).toMatchObject([
      { kind: 'other', externalId: OTHER_ID },
      { kind: 'found', counts: { plays: 9_000_000n } },
    ]);
  });
});

test('of two answers a shown video wins over an error, and of two shown the lower count', () => {
  const answer = (outcome: VideoOutcome) => item({ externalId: ID, outcome });
  expect(outcomeOf([answer(missing('not_found', 'x')), answer(shown(7n))])).toMatchObject({ counts: { plays: 7n } });
  expect(outcomeOf([answer(shown(7n)), answer(shown(90n))])).toMatchObject({ counts: { plays: 7n } });
});

test('neither order nor repetition nor strangers change any answer', () => {
  const ids = Array.from({ length: 6 }, (_, i) => `72345678901234567${80 + i}`);
  const outcome = fc.oneof(
    fc.bigInt(0n, 10n ** 9n).map(shown),
    fc.constantFrom(missing('not_found', 'a'), missing('private', 'b'), missing('unknown', 'c'), shown(null)),
  );
  const url = fc.constantFrom(...ids, OTHER_ID).map((id) => ref(id).url);
  const read = fc.record({
    externalId: fc.constantFrom(...ids, OTHER_ID, '7888888888888888888', null),
    askedUrls: fc.array(url, { maxLength: 1 }),
    ownUrls: fc.array(url, { maxLength: 1 }),
    outcome,
  });
  const inTwoOrders = fc
    .array(read, { maxLength: 30 })
    .chain((items) =>
      fc.tuple(fc.constant(items), fc.shuffledSubarray([...items, ...items], { minLength: 2 * items.length })),
    );
  fc.assert(
    fc.property(inTwoOrders, ([items, shuffled]) => {
      const batch = ids.map(ref);
      const kinds = (list: ReadItem[]) =>
        matchResults('TIKTOK', batch, list).map(({ ref: { externalId }, outcome }) => [
          externalId,
          outcome.kind,
          outcome.kind === 'found' ? outcome.counts : null,
          outcome.kind === 'other' ? outcome.externalId : null,
        ]);
      expect(kinds(shuffled)).toEqual(kinds(items));
    }),
  );
});
