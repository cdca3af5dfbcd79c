import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suspectGroups } from '#src/suspect-groups.ts';

const clips = ['a', 'b', 'c', 'd', 'e'].map((clipId) => ({ clipId, externalId: `video-${clipId}` }));

test('what the refusal names is read apart from the rest', () => {
  const known = { named: ['video-d', 'video-of-another-batch'], readBefore: new Set(['a']) };
  expect(suspectGroups(clips, known)).toEqual([['a', 'b', 'c', 'e'], ['d']]);
});

test('what was read before is not what is refused now', () => {
  expect(suspectGroups(clips, { named: [], readBefore: new Set(['b', 'c', 'e']) })).toEqual([
    ['b', 'c', 'e'],
    ['a', 'd'],
  ]);
});

test('a refusal that names all or nothing, of clips that are alike, is halved', () => {
  const halves = [
    ['a', 'b', 'c'],
    ['d', 'e'],
  ];
  const named = clips.map((clip) => clip.externalId);
  expect(suspectGroups(clips, { named: [], readBefore: new Set() })).toEqual(halves);
  expect(suspectGroups(clips, { named, readBefore: new Set(['a', 'b', 'c', 'd', 'e']) })).toEqual(halves);
});

test('any batch of two or more becomes two smaller ones that hold all of it', () => {
  const batch = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 40 });
  const known = fc.record({ named: fc.array(fc.string()), readBefore: fc.array(fc.string()) });
  fc.assert(
    fc.property(batch, known, (ids, { named, readBefore }) => {
      const suspects = ids.map((id) => ({ clipId: id, externalId: id }));
      const groups = suspectGroups(suspects, { named, readBefore: new Set(readBefore) });
      expect(groups).toHaveLength(2);
      for (const group of groups) expect(group.length).toBeGreaterThan(0);
      expect(groups.flat().toSorted()).toEqual(ids.toSorted());
    }),
  );
});
