import { describe, expect, test } from 'vitest';
import { type FirstVideo, judgeFirstRead } from '#src/first-read.ts';

const video: FirstVideo = {
  platform: 'TIKTOK',
  authorId: 'author-1',
  authorHandle: 'mia',
  publishedAt: new Date('2026-11-20T09:05:00Z'),
};
const mine = { id: 'account-1', externalId: 'author-1' };
const other = { id: 'account-2', externalId: 'author-2' };

describe('whose video it is', () => {
  test('it is by one of the clipper’s accounts, whichever', () => {
    expect(judgeFirstRead(video, { accounts: [other, mine], startsAt: null })).toEqual({
      kind: 'accepted',
      accountId: 'account-1',
    });
  });

  test('it was posted together with one of them', () => {
    expect(
      judgeFirstRead(
        { ...video, authorId: 'partner', coauthorIds: ['author-2'] },
        { accounts: [other], startsAt: null },
      ),
    ).toEqual({ kind: 'accepted', accountId: 'account-2' });
  });

  test('a video by somebody else is refused, and named', () => {
    expect(judgeFirstRead(video, { accounts: [other], startsAt: null })).toEqual({
      kind: 'refused',
      reason:
        'The video is by @mia on TikTok, which is not an account that you have verified. Add that account, then submit it again.',
    });
    expect(judgeFirstRead({ ...video, authorHandle: null }, { accounts: [other], startsAt: null })).toMatchObject({
      reason: expect.stringContaining('The video is not by an account that you have verified on TikTok.'),
    });
  });

  test('a video is nobody’s whose account was removed meanwhile', () => {
    expect(judgeFirstRead(video, { accounts: [], startsAt: null })).toMatchObject({ kind: 'refused' });
  });

  test.each([
    ['the read does not say whose it is', { ...video, authorId: null }, [other]],
    ['no account was asked for when it was submitted', video, null],
    ['the account has no id yet', video, [{ id: 'account-3', externalId: null }]],
  ])('%s: left to whoever reviews it', (_, read, accounts) => {
    expect(judgeFirstRead(read, { accounts, startsAt: null })).toEqual({ kind: 'accepted', accountId: null });
  });
});

describe('when it was posted', () => {
  test('before the start it is refused, with both times', () => {
    const startsAt = new Date('2026-11-22T14:03:00Z');
    expect(judgeFirstRead(video, { accounts: [mine], startsAt })).toEqual({
      kind: 'refused',
      reason: 'The video was posted on 20 Nov 2026, 09:05 UTC, before the campaign started on 22 Nov 2026, 14:03 UTC.',
    });
  });

  test.each([
    ['at the start', video.publishedAt, video.publishedAt],
    ['nobody knows when', null, new Date('2027-01-01')],
    ['the campaign has no start of its own', new Date(0), null],
  ])('%s it is accepted', (_, publishedAt, startsAt) => {
    expect(judgeFirstRead({ ...video, publishedAt }, { accounts: [mine], startsAt })).toMatchObject({
      kind: 'accepted',
    });
  });
});
