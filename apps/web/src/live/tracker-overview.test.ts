import { expect, test } from 'vitest';
import type { TrackerOverview } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';
import { applyAlert, applyPlatformDetail, applyPlatformToOverview, applyRun } from '#src/live/tracker-overview.ts';

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

const tiktok: TrackerOverview['platforms'][number] = {
  platform: 'TIKTOK',
  status: 'DELAYED',
  since: '2026-11-22T13:00:00.000Z',
  reason: 'HTTP 503',
  version: 4,
  retryAt: null,
  lastSuccessAt: null,
  lastError: 'HTTP 503',
  lastErrorAt: '2026-11-22T13:00:00.000Z',
  scheduled: 3,
  due: 0,
  leased: 3,
  lagMs: 0,
  today: { runs: 5, failedRuns: 1, read: 40, unknown: 2, unavailable: 0, credited: '10.000000', cost: '1.500000' },
};

const overview: TrackerOverview = {
  platforms: [tiktok],
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

test('the sums of today move with a run, and are right after its correction', () => {
  const after = applyRun(overview, finished);
  const sums = { runs: 5, failedRuns: 1, read: 42, unknown: 3, credited: '14.200000', cost: '1.800000' };
  expect(after.platforms[0]?.today).toMatchObject(sums);

  const incident = {
    ...finished,
    read: 1,
    unknown: 2,
    credited: '2.000000',
    error: 'no items',
    corrected: true as const,
  };
  const corrected = applyRun(after, incident);
  expect(corrected.runs[0]).toMatchObject({ status: 'SETTLED', unknown: 2, error: 'no items' });
  const right = { ...sums, read: 41, unknown: 4, credited: '12.000000' };
  expect(corrected.platforms[0]?.today).toMatchObject(right);
  expect(applyRun(corrected, incident).platforms[0]?.today).toMatchObject(right);
  expect(applyRun(corrected, finished)).toBe(corrected);
});

test('a run that nobody saw begin counts among the runs of today; one that began yesterday is left to the next answer', () => {
  expect(applyRun({ ...overview, runs: [] }, finished).platforms[0]?.today.runs).toBe(6);
  const yesterday = { ...running, createdAt: '2026-11-21T23:59:59.000Z' };
  expect(applyRun({ ...overview, runs: [yesterday] }, finished).platforms[0]?.today).toEqual(tiktok.today);
});

test('a platform that the overview does not list stays out of it', () => {
  const event = { platform: 'X', status: 'DELAYED', since: finished.at, reason: null, version: 2 } as const;
  expect(applyPlatformToOverview(overview, event)).toBe(overview);
});

test('an admin reads what the platform said, not what everyone is told', () => {
  const event = { platform: 'TIKTOK', status: 'STOPPED', since: finished.at, reason: 'for all', version: 5 } as const;
  const stopped = applyPlatformToOverview(overview, event);
  expect(stopped.platforms[0]).toMatchObject({ status: 'STOPPED', reason: 'HTTP 503', version: 5 });
  const detail = { platform: 'TIKTOK', reason: 'HTTP 402', lastError: 'HTTP 402', lastErrorAt: finished.at } as const;
  expect(applyPlatformDetail(stopped, { ...detail, version: 4 })).toBe(stopped);
  expect(applyPlatformDetail(stopped, { ...detail, version: 5 }).platforms[0]).toMatchObject({ reason: 'HTTP 402' });
  expect(applyPlatformToOverview(stopped, { ...event, status: 'OK', version: 6 }).platforms[0]?.reason).toBeNull();
});
