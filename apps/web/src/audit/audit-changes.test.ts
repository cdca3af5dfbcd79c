import { expect, it } from 'vitest';
import { auditChanges, fieldWords } from '#src/audit/audit-changes.ts';

it('tells what changed, and nothing that stayed', () => {
  const before = { status: 'ACTIVE', title: 'Autumn', platforms: ['TIKTOK'] };
  const after = { status: 'PAUSED', title: 'Autumn', platforms: ['TIKTOK', 'X'] };
  expect(auditChanges({ before, after, details: { reason: 'late' } })).toEqual([
    { field: 'status', before: 'ACTIVE', after: 'PAUSED' },
    { field: 'platforms', before: ['TIKTOK'], after: ['TIKTOK', 'X'] },
    { field: 'reason', after: 'late' },
  ]);
});

it('takes what was not there before, or is not any more, for nothing', () => {
  expect(auditChanges({ before: null, after: { cap: '5.000000' }, details: {} })).toEqual([
    { field: 'cap', before: null, after: '5.000000' },
  ]);
  expect(auditChanges({ before: { cap: null }, after: {}, details: {} })).toEqual([]);
});

it('names a field in words', () => {
  expect(fieldWords('ratePer1000')).toBe('rate per 1000');
  expect(fieldWords('closing_roundId')).toBe('closing round id');
});
