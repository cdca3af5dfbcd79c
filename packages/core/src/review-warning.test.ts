import { expect, test } from 'vitest';
import { percentText, type ReviewFacts, reviewWarnings } from '#src/review-warning.ts';

const DAY = 86_400_000;
const CLEAN: ReviewFacts = {
  platform: 'TIKTOK',
  account: { externalId: 'author-1', handle: 'mara' },
  video: { authorId: 'author-1', authorHandle: 'mara', isRead: true },
  publishedAt: new Date('2026-11-20T10:00:00Z'),
  campaignStartedAt: new Date('2026-11-19T10:00:00Z'),
  earlier: null,
  lookalike: null,
  engagement: { kind: 'usual', rate: 0.05, low: 0.01, high: 0.2 },
  ageMs: 2 * DAY,
};
const wordsOf = (change: Partial<ReviewFacts>) => reviewWarnings({ ...CLEAN, ...change }).map(({ word }) => word);
const sentenceOf = (change: Partial<ReviewFacts>) => reviewWarnings({ ...CLEAN, ...change })[0]?.sentence;

test('a clip that is what it should be has no warning', () => {
  expect(reviewWarnings(CLEAN)).toEqual([]);
  expect(wordsOf({ engagement: { kind: 'too_few', rate: 0.9 } })).toEqual([]);
  expect(wordsOf({ engagement: { kind: 'unknown' }, publishedAt: null })).toEqual([]);
});

test('another author is told with both names', () => {
  const video = { authorId: 'author-2', authorHandle: 'someone', isRead: true };
  expect(sentenceOf({ video })).toBe('The video is by @someone, the clipper’s account is @mara.');
});

test('an author whom an admin accepted for this clip is no other', () => {
  const account = { externalId: 'author-1', acceptedAuthorId: 'author-2', handle: 'mara' };
  expect(wordsOf({ account, video: { authorId: 'author-2', authorHandle: 'x', isRead: true } })).toEqual([]);
});

test('what the read did not say is said, and before the first read nothing is missed', () => {
  expect(wordsOf({ video: { authorId: null, authorHandle: null, isRead: true } })).toEqual(['Author unknown']);
  expect(wordsOf({ video: { authorId: null, authorHandle: null, isRead: false } })).toEqual([]);
  expect(wordsOf({ account: null })).toEqual(['No verified account']);
});

test('a video from before the campaign is too early; one of its first moment is not', () => {
  expect(wordsOf({ campaignStartedAt: new Date('2026-11-20T10:00:00.001Z') })).toEqual(['Too early']);
  expect(wordsOf({ campaignStartedAt: new Date('2026-11-20T10:00:00Z') })).toEqual([]);
});

test('who submitted it before, or one like it, is told', () => {
  expect(sentenceOf({ earlier: { count: 2, lastBy: 'Jo', lastStatus: 'REVOKED' } })).toBe(
    'This video was submitted 2 times before; the last time, by Jo, its approval was revoked.',
  );
  expect(sentenceOf({ lookalike: { clipper: 'Jo', platform: 'YOUTUBE' } })).toBe(
    'Jo submitted a video with the same title on YouTube.',
  );
});

test('unusual engagement is told with both figures', () => {
  expect(sentenceOf({ engagement: { kind: 'below', rate: 0.0004, low: 0.012, high: 0.2 } })).toBe(
    'Engagement is 0.04 %; 98 of 100 TikTok clips 1 to 3 days old have 1.2 % to 20 %.',
  );
});

test('percentages keep two digits', () => {
  expect([0, 0.0004, 0.0412, 0.1234, 1].map(percentText)).toEqual(['0 %', '0.04 %', '4.1 %', '12 %', '100 %']);
});
