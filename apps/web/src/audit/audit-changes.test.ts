import { expect, it } from 'vitest';
import { auditChanges, fieldWords } from '#src/audit/audit-changes.ts';

const ID = '0198c0de-0000-7000-8000-000000000001';

it('tells what changed, and nothing that stayed', () => {
  const before = { status: 'ACTIVE', title: 'Autumn', platforms: ['TIKTOK'] };
  const after = { status: 'PAUSED', title: 'Autumn', platforms: ['TIKTOK', 'X'] };
  expect(auditChanges({ before, after, details: { reason: 'late' } }).told).toEqual([
    { field: 'status', before: 'ACTIVE', after: 'PAUSED' },
    { field: 'platforms', before: ['TIKTOK'], after: ['TIKTOK', 'X'] },
    { field: 'reason', after: 'late' },
  ]);
});

it('tells of something new what it is, and not that it was nothing', () => {
  const after = { brand: 'Acme', rates: {}, cap: null, requirements: '' };
  expect(auditChanges({ before: null, after, details: {} }).told).toEqual([{ field: 'brand', after: 'Acme' }]);
});

it('takes what is not there any more for nothing', () => {
  expect(auditChanges({ before: { cap: '5.000000', note: null }, after: {}, details: {} }).told).toEqual([
    { field: 'cap', before: '5.000000', after: null },
  ]);
});

it('keeps ids apart', () => {
  const { told, ids } = auditChanges({ before: null, after: null, details: { clipId: ID, reason: 'late' } });
  expect(told).toEqual([{ field: 'reason', after: 'late' }]);
  expect(ids).toEqual([{ field: 'clipId', after: ID }]);
});

it('names a field in words', () => {
  expect(fieldWords('ratePer1000')).toBe('rate per 1000');
  expect(fieldWords('closing_roundId')).toBe('closing round id');
});
