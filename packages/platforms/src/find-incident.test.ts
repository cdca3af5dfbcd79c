import { expect, test } from 'vitest';
import { findIncident } from '#src/find-incident.ts';
import type { VideoResult } from '#src/port.ts';
import { missing } from '#src/read-item.ts';

function results(unknown: number, notFound: number): VideoResult[] {
  const result = (kind: 'unknown' | 'not_found', i: number): VideoResult => ({
    ref: { externalId: `${kind}${i}`, url: '', authorHandle: null },
    outcome: missing(kind, kind === 'unknown' ? 'no_items' : 'NOT_FOUND'),
  });
  return [
    ...Array.from({ length: unknown }, (_, i) => result('unknown', i)),
    ...Array.from({ length: notFound }, (_, i) => result('not_found', i)),
  ];
}

test('half a batch of unknown videos is the platform, not the videos', () => {
  expect(findIncident(results(5, 5))).toBe('5 of 10 videos came back unknown (no_items)');
  expect(findIncident(results(3, 0))).not.toBeNull();
});

test('addresses that all lead to one other video are unknown, those that lead each to its own are answers', () => {
  const leading = (to: (i: number) => string) =>
    Array.from({ length: 4 }, (_, i): VideoResult => {
      const ref = { externalId: `asked${i}`, url: '', authorHandle: null };
      return { ref, outcome: { kind: 'other', externalId: to(i), reason: 'led on' } };
    });
  expect(findIncident(leading(() => 'trending'))).toBe('4 of 4 videos came back unknown (led on)');
  expect(findIncident(leading((i) => `own${i}`))).toBeNull();
});

test('a few unknown videos are just that', () => {
  expect(findIncident(results(4, 6))).toBeNull();
  expect(findIncident(results(2, 0))).toBeNull();
  expect(findIncident(results(0, 10))).toBeNull();
});
