import { expect, test } from 'vitest';
import { judgeAbsences } from '#src/judge-absences.ts';
import type { VideoOutcome, VideoResult } from '#src/port.ts';
import { missing, shownVideo } from '#src/read-item.ts';

const shown = shownVideo({
  counts: { impressions: 5n },
  engagement: {},
  authorId: null,
  authorHandle: null,
  publishedAt: null,
  title: null,
  thumbnailUrl: null,
  durationMs: null,
  raw: null,
});
const left = missing('absent', 'left out');

function kinds(outcomes: VideoOutcome[], isWord = true): string[] {
  const results = outcomes.map((outcome, i): VideoResult => {
    return { ref: { externalId: String(i), url: '', authorHandle: null }, outcome };
  });
  return judgeAbsences(results, isWord).map(({ outcome }) => outcome.kind);
}

test('an absence beside videos that are shown stays one', () => {
  expect(kinds([shown, left])).toEqual(['found', 'absent']);
  expect(kinds([shown, left, missing('unknown', 'no count')])).toEqual(['found', 'absent', 'unknown']);
});

test('an answer that shows nothing, or less than it leaves out, says nothing', () => {
  expect(kinds([left])).toEqual(['unknown']);
  expect(kinds([left, missing('unknown', 'no count')])).toEqual(['unknown', 'unknown']);
  expect(kinds([shown, left, left])).toEqual(['found', 'unknown', 'unknown']);
});

test('where a platform has words for what is gone, or the run went badly, an absence says nothing', () => {
  expect(kinds([shown, shown, left], false)).toEqual(['found', 'found', 'unknown']);
});
