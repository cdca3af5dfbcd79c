import { expect, test } from 'vitest';
import type { ClipRow } from '#src/client/outputs.ts';
import { lacksClips } from '#src/live/missing-clips.ts';

const row = (clipId: string): ClipRow => ({
  clipId,
  submissionId: `s-${clipId}`,
  campaignId: 'campaign',
  rank: 1,
  version: 1,
  platform: 'TIKTOK',
  url: 'https://www.tiktok.com/@ada/video/1',
  title: null,
  authorHandle: null,
  thumbnailUrl: null,
  publishedAt: null,
  availability: 'LIVE',
  status: 'APPROVED',
  metric: 'plays',
  views: 1,
  initialViews: 1,
  doubtful: false,
  lastReadAt: null,
  grewAt: null,
  standing: null,
  nextReadAt: null,
  mine: false,
  credited: null,
  earnings: null,
  clipper: null,
});
const told = (...clipIds: string[]) => ({
  clips: clipIds.map((clipId) => ({ clipId, version: 2, views: 2, readAt: null })),
});
const whole = { items: [row('a'), row('b')], total: 2 };
const first = { items: [row('a'), row('b')], total: 70 };

test('a clip that a whole list does not have was approved just now', () => {
  expect(lacksClips(whole, told('a', 'new'))).toBe(true);
  expect(lacksClips({ items: [], total: 0 }, told('new'))).toBe(true);
  expect(lacksClips(whole, told('a'))).toBe(false);
});

test('where only the first are shown, a clip below them is nothing new', () => {
  expect(lacksClips(first, told('below'))).toBe(false);
});

test('an event that had no room for a shown clip is not enough', () => {
  expect(lacksClips(first, { ...told('a'), truncated: true })).toBe(true);
  expect(lacksClips(first, { ...told('a', 'b', 'below'), truncated: true })).toBe(false);
});
