import fc from 'fast-check';
import { expect, test } from 'vitest';
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

function outcomeOf(items: ReadItem[]): VideoOutcome | undefined {
  return matchResults('TIKTOK', [ref(ID)], items)[0]?.outcome;
}

test('an item is matched by its id, whatever its address says', () => {
  const item = { externalId: ID, urls: ['https://www.tiktok.com/@renamed/photo/1'], outcome: shown(5n) };
  expect(outcomeOf([item])).toMatchObject({ kind: 'found', counts: { plays: 5n } });
});

test('an item without an id is matched by the canonical form of its address', () => {
  const url = `https://m.tiktok.com/v/${ID}.html?lang=en#top`;
  expect(
    outcomeOf([{ externalId: null, urls: ['not a url', url], outcome: missing('private', 'PRIVATE_POST') }]),
  ).toEqual({
    kind: 'private',
    reason: 'PRIVATE_POST',
  });
});

test("another video's counts under our address are not ours", () => {
  const item = { externalId: OTHER_ID, urls: [ref(ID).url], outcome: shown(9_000_000n) };
  expect(outcomeOf([item])).toMatchObject({ kind: 'unknown' });
});

test('an address on another platform matches nothing', () => {
  const item = { externalId: null, urls: ['https://www.youtube.com/watch?v=dQw4w9WgXcQ'], outcome: shown(5n) };
  expect(outcomeOf([item])).toMatchObject({ kind: 'unknown' });
});

test('a video that no item is about is unknown', () => {
  expect(outcomeOf([])).toMatchObject({ kind: 'unknown' });
});

test('of two answers a shown video wins over an error, and of two shown the lower count', () => {
  const item = (outcome: VideoOutcome) => ({ externalId: ID, urls: [], outcome });
  expect(outcomeOf([item(missing('not_found', 'x')), item(shown(7n))])).toMatchObject({ counts: { plays: 7n } });
  expect(outcomeOf([item(shown(7n)), item(shown(90n))])).toMatchObject({ counts: { plays: 7n } });
});

test('neither order nor repetition nor strangers change any answer', () => {
  const ids = Array.from({ length: 6 }, (_, i) => `72345678901234567${80 + i}`);
  const outcome = fc.oneof(
    fc.bigInt(0n, 10n ** 9n).map(shown),
    fc.constantFrom(missing('not_found', 'a'), missing('private', 'b'), missing('unknown', 'c'), shown(null)),
  );
  const item = fc.record({ externalId: fc.constantFrom(...ids, OTHER_ID), urls: fc.constant([]), outcome });
  const inTwoOrders = fc
    .array(item, { maxLength: 30 })
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
        ]);
      expect(kinds(shuffled)).toEqual(kinds(items));
    }),
  );
});
