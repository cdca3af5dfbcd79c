import { expect, test } from 'vitest';
import type { ClipPage } from '#src/client/outputs.ts';
import { applyToClipPage } from '#src/live/clip-page.ts';

const page: ClipPage = {
  clip: {
    clipId: 'c',
    submissionId: 's',
    campaignId: 'k',
    campaignTitle: 'Launch',
    campaignStatus: 'ACTIVE',
    campaignCompletionReason: null,
    campaignReleased: false,
    rank: 0,
    version: 4,
    platform: 'TIKTOK',
    url: 'https://example.com',
    title: 'Clip',
    authorHandle: null,
    thumbnailUrl: null,
    publishedAt: null,
    availability: 'LIVE',
    status: 'APPROVED',
    metric: 'plays',
    views: 1_000,
    initialViews: 500,
    doubtful: false,
    lastReadAt: '2026-11-22T14:00:00.000Z',
    nextReadAt: null,
    grewAt: '2026-11-22T14:00:00.000Z',
    standing: null,
    mine: true,
    credited: '5.000000',
    earnings: '5.000000',
    clipper: null,
  },
  earned: '5.000000',
  beyond: null,
  reversals: [],
  cursor: '1:10:10',
};

const readAt = '2026-11-22T14:05:00.000Z';

test('new views say when the clip last grew, and a read without new ones leaves that', () => {
  const grown = applyToClipPage(page, { views: [{ clipId: 'c', version: 5, views: 1_200, readAt }] });
  expect(grown.clip).toMatchObject({ views: 1_200, lastReadAt: readAt, grewAt: readAt });
  const still = applyToClipPage(page, { views: [{ clipId: 'c', version: 5, views: 1_000, readAt }] });
  expect(still.clip).toMatchObject({ lastReadAt: readAt, grewAt: page.clip.grewAt });
});

test('earnings of the same read are taken after its views, and older ones and other clips change nothing', () => {
  const earned = { clipId: 'c', version: 5, earnings: '7.000000', credited: '7.000000' };
  const grown = applyToClipPage(page, { views: [{ clipId: 'c', version: 5, views: 1_200, readAt }] });
  expect(applyToClipPage(grown, { earnings: [earned] }).clip).toMatchObject({ views: 1_200, credited: '7.000000' });
  expect(applyToClipPage(page, { earnings: [{ ...earned, version: 4 }] })).toBe(page);
  expect(applyToClipPage(page, { earnings: [{ ...earned, clipId: 'x' }] })).toBe(page);
});
