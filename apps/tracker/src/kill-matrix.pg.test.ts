import { createTestDatabase } from '@clipmeter/testing/test-database';
import { expect, test } from 'vitest';
import { FAULT_POINT_NAMES, type FaultPointName } from '#src/fault-points.ts';
import { runKillHistory } from '#src/kill-history.fixture.ts';

/** Another history: `KILL_SEED=7`; every point there is: `KILL_POINTS=all`. `npm run soak` goes through all of them. */
const SEED = Number(process.env['KILL_SEED'] ?? 1);
const POINTS: readonly FaultPointName[] =
  process.env['KILL_POINTS'] === 'all'
    ? FAULT_POINT_NAMES
    : ['run:after-start', 'settle:before-commit', 'settle:after-commit', 'round:before-commit', 'release:after-commit'];

test('trackers killed between claim and acknowledgement: every balance is what plain arithmetic says, no run is paid twice', {
  timeout: 120_000,
}, async () => {
  const database = await createTestDatabase();
  try {
    const report = await runKillHistory(database, { seed: SEED, points: POINTS });
    expect(report.differences).toEqual([]);
    expect(report.kills.map(({ point }) => point).sort()).toEqual([...POINTS].sort());
    expect(report.credits).toBeGreaterThan(0);
  } finally {
    await database.drop();
  }
});
