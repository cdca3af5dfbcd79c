import { expect, it } from 'vitest';
import { auditWords } from '#src/audit-action.ts';

it('says what was done', () => {
  expect(auditWords('campaign.top_up')).toBe('topped up the campaign');
});

it('tells an act that has no words by its own name', () => {
  expect(auditWords('campaign.put_off')).toBe('put off (campaign)');
  expect(auditWords('tracker.readAgain')).toBe('read again (tracker)');
  expect(auditWords('toString')).toBe('to string');
});
