import { expect, test } from 'vitest';
import type { SocialAccountRow } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';
import { applyToAccounts } from '#src/live/social-accounts.ts';

const row: SocialAccountRow = {
  accountId: 'b',
  platform: 'TIKTOK',
  handle: 'mira',
  displayName: null,
  code: 'cm-22222222',
  codeExpiresAt: '2026-11-23T10:00:00.000Z',
  attempts: 0,
  verifiedAt: null,
  checkRequestedAt: null,
  checkedAt: null,
  checkOutcome: null,
  createdAt: '2026-11-22T10:00:00.000Z',
  version: 2,
};
const event = (change: Partial<Payload<'account.changed'>>): Payload<'account.changed'> => ({
  ...row,
  version: 3,
  removed: false,
  at: '2026-11-22T11:00:00.000Z',
  ...change,
});

test('what is newer takes the row’s place', () => {
  const [after] = applyToAccounts([row], event({ checkOutcome: 'NOT_YET', attempts: 1 }));
  expect(after).toEqual({ ...row, version: 3, checkOutcome: 'NOT_YET', attempts: 1 });
});

test('what is not newer changes nothing at all', () => {
  const rows = [row];
  expect(applyToAccounts(rows, event({ version: 2, attempts: 9 }))).toBe(rows);
  expect(applyToAccounts(rows, event({ version: 1, removed: true }))).toBe(rows);
});

test('an account that another page added stands where it belongs, and one that was removed is gone', () => {
  const older = event({ accountId: 'a', createdAt: '2026-11-21T10:00:00.000Z' });
  expect(applyToAccounts([row], older).map(({ accountId }) => accountId)).toEqual(['a', 'b']);
  expect(applyToAccounts([row], event({ accountId: 'c' })).map(({ accountId }) => accountId)).toEqual(['b', 'c']);
  expect(applyToAccounts([row], event({ removed: true }))).toEqual([]);
  const rows = [row];
  expect(applyToAccounts(rows, event({ accountId: 'x', removed: true }))).toBe(rows);
});
