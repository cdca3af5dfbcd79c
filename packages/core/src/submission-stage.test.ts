import { expect, test } from 'vitest';
import { linkStage, SUBMISSION_STAGES, type SubmissionFacts, submissionStage } from '#src/submission-stage.ts';

const facts: SubmissionFacts = {
  status: 'PENDING',
  firstReadAt: null,
  firstReadBlocked: null,
  approvalRequestedAt: null,
  approvalBlocked: null,
  reason: null,
  heldReason: null,
};
const READ = '2026-11-22T12:00:00.000Z';

const EVERY = [
  linkStage({ status: 'WAITING', reason: null }),
  linkStage({ status: 'FAILED', reason: 'It leads nowhere.' }),
  submissionStage(facts),
  submissionStage({ ...facts, firstReadBlocked: 'TikTok has not answered.' }),
  submissionStage({ ...facts, firstReadAt: READ }),
  submissionStage({ ...facts, firstReadAt: READ, approvalRequestedAt: READ }),
  submissionStage({ ...facts, firstReadAt: READ, approvalRequestedAt: READ, approvalBlocked: 'It is private.' }),
  submissionStage({ ...facts, status: 'APPROVED' }),
  submissionStage({ ...facts, status: 'APPROVED', heldReason: 'It is by somebody else.' }),
  submissionStage({ ...facts, status: 'REJECTED', reason: 'Too early.' }),
  submissionStage({ ...facts, status: 'WITHDRAWN' }),
  submissionStage({ ...facts, status: 'REVOKED', reason: 'Bought views.' }),
];

test('every stage is reached, in its order, with a word and a sentence of its own', () => {
  expect(EVERY.map(({ name }) => name)).toEqual(SUBMISSION_STAGES);
  expect(new Set(EVERY.map(({ word }) => word)).size).toBe(SUBMISSION_STAGES.length);
  for (const { sentence } of EVERY) expect(sentence).toMatch(/^[A-Z].*\.$/);
});

test('what somebody or something said of it comes before our own words', () => {
  expect(
    EVERY.filter(({ sentence }) => ['It leads nowhere.', 'Too early.', 'Bought views.'].includes(sentence)),
  ).toHaveLength(3);
  expect(submissionStage({ ...facts, firstReadBlocked: 'TikTok has not answered.' })).toMatchObject({
    name: 'read_late',
    sentence: 'TikTok has not answered.',
    isWorking: true,
  });
});

test('an approval that was asked for before the first read tells of the approval', () => {
  expect(submissionStage({ ...facts, approvalRequestedAt: READ })).toMatchObject({ name: 'approving' });
});

test('a link that was followed is read next', () => {
  expect(linkStage({ status: 'RESOLVED', reason: null })).toMatchObject({ name: 'reading' });
});
