import { expect, test } from 'vitest';
import type { Activity } from '#src/client/outputs.ts';
import { activityPath, activityWords, namesSubject } from '#src/overview/activity-words.ts';

const item: Activity = {
  id: '1',
  kind: 'act',
  at: '2026-11-22T14:03:00.000Z',
  action: 'submission.reject',
  actor: { id: 'a', name: 'Ada' },
  subjectKind: 'submission',
  subjectId: 's',
  subjectName: 'first take',
  campaign: { id: 'c', title: 'Launch' },
  reason: 'wrong song',
  amount: null,
};

const told = (change: Partial<Activity>) => {
  const line = { ...item, ...change };
  const { before, after } = activityWords(line);
  const subject = namesSubject(line) ? (line.subjectName ?? '') : '';
  return (
    [before, subject].filter((part) => part !== '').join(' ') +
    (after.startsWith(' ') || /^[:,]/.test(after) ? after : after && ` ${after}`)
  );
};

const campaign: Partial<Activity> = { subjectKind: 'campaign', subjectId: 'c', subjectName: 'Launch' };

test.each<[Partial<Activity>, string]>([
  [{}, 'Ada rejected the clip first take in Launch: wrong song'],
  [{ ...campaign, action: 'campaign.pause', reason: null }, 'Ada paused the campaign Launch'],
  [{ actor: { id: 's', name: 'Ada' }, action: 'user.claim_first_admin', reason: null }, 'Ada became the first admin'],
  [{ kind: 'change', action: 'APPROVED', actor: null, reason: null }, 'first take counts from now on in Launch'],
  [
    { ...campaign, kind: 'change', action: 'COMPLETED', actor: null, reason: 'BUDGET' },
    'Launch is complete: budget reached',
  ],
  [
    { ...campaign, kind: 'money', action: 'BATCH', actor: null, reason: null, amount: '12.345678' },
    '$12.34 credited in Launch',
  ],
  [{ kind: 'change', action: 'ODD', actor: null, reason: null, campaign: null }, 'first take odd'],
])('%o', (change, sentence) => {
  expect(told(change)).toBe(sentence);
});

test('each subject has its way there, and an unknown one has none', () => {
  expect(activityPath(item)).toBe('/clips/s');
  expect(activityPath({ ...item, ...campaign })).toBe('/campaigns/c');
  expect(activityPath({ ...item, subjectKind: 'user', subjectName: 'Mara O' })).toBe('/people?q=Mara%20O');
  expect(activityPath({ ...item, subjectKind: 'comet' })).toBeNull();
});
