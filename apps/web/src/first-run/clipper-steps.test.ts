import { expect, test } from 'vitest';
import type { ClipperFirstRun } from '#src/client/outputs.ts';
import { clipperSteps } from '#src/first-run/clipper-steps.ts';

const NOW_MS = Date.parse('2026-11-22T12:00:00.000Z');

const nothing: ClipperFirstRun = {
  email: 'mara@example.com',
  emailVerified: false,
  accounts: [],
  running: 3,
  submission: null,
  wasApproved: false,
  cursor: '1:1:1',
};

const account: ClipperFirstRun['accounts'][number] = {
  accountId: 'a',
  platform: 'TIKTOK',
  handle: 'mara',
  displayName: null,
  code: 'cm-bcdfghjk',
  codeExpiresAt: '2026-11-23T12:00:00.000Z',
  attempts: 1,
  verifiedAt: null,
  checkRequestedAt: '2026-11-22T11:59:00.000Z',
  checkedAt: '2026-11-22T11:59:30.000Z',
  checkOutcome: 'NOT_YET',
  createdAt: '2026-11-22T11:00:00.000Z',
  version: 2,
};

const submission: NonNullable<ClipperFirstRun['submission']> = {
  submissionId: 's',
  clipId: 'c',
  campaignId: 'k',
  campaignTitle: 'First mud',
  campaignStatus: 'ACTIVE',
  platform: 'TIKTOK',
  url: 'https://www.tiktok.com/@mara/video/7',
  title: null,
  authorHandle: null,
  hasThumbnail: false,
  publishedAt: null,
  version: 1,
  views: null,
  status: 'PENDING',
  firstReadAt: null,
  firstReadBlocked: null,
  approvalRequestedAt: null,
  approvalBlocked: null,
  reason: null,
  heldReason: null,
  createdAt: '2026-11-22T11:30:00.000Z',
};

const of = (start: Partial<ClipperFirstRun>) => clipperSteps({ ...nothing, ...start }, NOW_MS);
const states = (start: Partial<ClipperFirstRun>) => of(start).map((step) => step.done);

test('somebody who is new has four steps before them, each with a way to go on but the last', () => {
  expect(states({})).toEqual([false, false, false, false]);
  expect(of({}).map((step) => step.way?.href)).toEqual(['/account', '/account/social', '/campaigns', undefined]);
});

test('an account that is not proved says why, and is done once it is', () => {
  expect(of({ accounts: [account] })[1]?.sentence).toContain('@mara on TikTok: Not there yet.');
  const verified = { ...account, verifiedAt: '2026-11-22T12:00:00.000Z' };
  expect(of({ accounts: [account, verified] })[1]).toMatchObject({ done: true, way: null });
});

test('a submission picks the campaign, and is done when it is approved', () => {
  expect(states({ submission })).toEqual([false, false, true, false]);
  expect(of({ submission })[3]?.sentence).toContain('Reading the video');
  expect(states({ submission: { ...submission, status: 'APPROVED' } })[3]).toBe(true);
});

test('a rejected one says why and leads back to its campaign', () => {
  const step = of({ submission: { ...submission, status: 'REJECTED', reason: 'The brand is not in it.' } })[3];
  expect(step).toMatchObject({ done: false, way: { href: '/campaigns/k' } });
  expect(step?.sentence).toContain('The brand is not in it.');
});
