import { expect, test } from 'vitest';
import type { ProfileItem } from '#src/apify/profile-adapter.ts';
import { matchProfile } from '#src/match-profile.ts';

const shows = (handle: string, externalId = '1'): ProfileItem => ({
  kind: 'found',
  profile: { externalId, handle, displayName: null, bio: '' },
});
const gone: ProfileItem = { kind: 'not_found', reason: 'NOT_FOUND' };
const nothing: ProfileItem = { kind: 'unknown', reason: 'noResults' };

test('an account is found by its handle, however that is written, and whatever stands beside it', () => {
  expect(matchProfile('mira', [nothing, shows('Mira'), gone])).toMatchObject({
    kind: 'found',
    profile: { externalId: '1', handle: 'Mira' },
  });
});

test('another account says nothing of the one that was asked for', () => {
  expect(matchProfile('mira', [shows('mirabel')])).toMatchObject({
    kind: 'unknown',
    reason: expect.stringContaining('another account'),
  });
});

test('items that disagree about the id prove nothing', () => {
  expect(matchProfile('mira', [shows('mira', '1'), shows('mira', '2')]).kind).toBe('unknown');
});

test('only a definite answer means that there is no such account', () => {
  expect(matchProfile('mira', [gone]).kind).toBe('not_found');
  expect(matchProfile('mira', [gone, nothing]).kind).toBe('unknown');
  expect(matchProfile('mira', [nothing]).kind).toBe('unknown');
  expect(matchProfile('mira', []).kind).toBe('unknown');
});
