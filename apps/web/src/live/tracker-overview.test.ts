import { expect, test } from 'vitest';
import type { TrackerOverview } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';
import { applyAlert, applyPlatformToOverview, applyRun } from '#src/live/tracker-overview.ts';

const running: TrackerOverview['runs'][number] = {
  runId: 'r1',
  platform: 'TIKTOK',
  source: 'actor',
  status: 'STARTED',
  claimed: 3,
  read: null,
  unknown: null,
  unavailable: null,
  credited: null,
  cost: null,
  costIsFinal: false,
  durationMs: null,
  error: null,
  createdAt: '2026-11-22T14:00:00.000Z',
  endedAt: null,
};

const overview: TrackerOverview = {
  platforms: [],
  runs: [running],
  alerts: [],
  queues: [],
  trackers: [],
  follower: { lagMs: 12, horizonAgeMs: 0, heldBy: null },
  cursor: '1:1:1',
};

const finished: Payload<'run.finished'> = {
  runId: 'r1',
  platform: 'TIKTOK',
  claimed: 3,
  read: 2,
  unknown: 1,
  unavailable: 0,
  credited: '4.200000',
  cost: '0.300000',
  durationMs: 1700,
  error: null,
  at: '2026-11-22T14:00:02.000Z',
};

test('a run that ended is told once, in its place', () => {
  const after = applyRun(overview, finished);
  expect(after.runs).toHaveLength(1);
  expect(after.runs[0]).toMatchObject({ status: 'SETTLED', source: 'actor', read: 2, createdAt: running.createdAt });
  expect(applyRun(after, finished)).toBe(after);
});

test('a run that failed says why, and an old one does not come on top', () => {
  const after = applyRun(overview, { ...finished, runId: 'r0', error: 'no items', at: '2026-11-22T13:00:00.000Z' });
  expect(after.runs.map((run) => [run.runId, run.status])).toEqual([
    ['r1', 'STARTED'],
    ['r0', 'FAILED'],
  ]);
});

test('an alert comes, counts up, and goes when it is resolved', () => {
  const alert = { id: 'a', kind: 'audit', message: 'differs', count: 1, resolved: false, at: finished.at };
  const once = applyAlert(overview, alert);
  expect(applyAlert(once, alert)).toBe(once);
  expect(applyAlert(once, { ...alert, count: 2 }).alerts).toMatchObject([{ count: 2, firstSeen: finished.at }]);
  expect(applyAlert(once, { ...alert, resolved: true }).alerts).toEqual([]);
  expect(applyAlert(overview, { ...alert, resolved: true })).toBe(overview);
});

test('a platform that the overview does not list stays out of it', () => {
  const event = { platform: 'X', status: 'DELAYED', since: finished.at, reason: null, version: 2 } as const;
  expect(applyPlatformToOverview(overview, event).platforms).toEqual([]);
});
