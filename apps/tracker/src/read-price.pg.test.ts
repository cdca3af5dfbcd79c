import { parseMicros } from '@clipmeter/core/money';
import { withTransaction } from '@clipmeter/db/transaction';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lockSpendingDay, readReadPrice } from '#src/read-price.ts';
import { openTrackerWorld, type TrackerWorld } from '#src/tracker-world.fixture.ts';

const LIMIT = parseMicros('10');
/** TikTok's prices: a minimum of $0.50 a run, $0.0037 a result. */
const CHARGES = { minimumChargeMicros: parseMicros('0.5'), pricePerResultMicros: parseMicros('0.0037') };
const HOUR_MS = 3_600_000;

let tracker: TrackerWorld;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
beforeEach(async () => {
  await tracker.pool.query('DELETE FROM clip_schedules');
  await tracker.pool.query('DELETE FROM scrape_runs');
  await tracker.pool.query('DELETE FROM alerts');
  await tracker.pool.query('UPDATE platform_states SET read_price = 1, read_price_learned = 1, read_priced_at = NULL');
});
afterAll(() => tracker.stop());

interface SomeRun {
  status: 'RECORDED' | 'STARTED' | 'SETTLED' | 'FAILED';
  at: string;
  ended?: string;
  claimed?: number;
  cost?: string;
  isFinal?: boolean;
  externalRunId?: string;
}

async function addRun(run: SomeRun): Promise<void> {
  await tracker.pool.query(
    `INSERT INTO scrape_runs (id, platform, source, status, clip_ids, claimed, created_at, ended_at, cost, cost_is_final, external_run_id)
     VALUES (gen_random_uuid(), 'TIKTOK', 'test', $1, '{}', $2, $3, $4, $5, $6, $7)`,
    [
      ...[run.status, run.claimed ?? 1, run.at, run.ended ?? null],
      ...[run.cost ?? null, run.isFinal ?? false, run.externalRunId ?? null],
    ],
  );
}

const dayAt = (now: string) =>
  withTransaction(tracker.pool, (tx) =>
    lockSpendingDay(tx, { platform: 'TIKTOK', limitMicros: LIMIT, ...CHARGES, now: new Date(now) }),
  );

describe("what counts as the day's spending", () => {
  const NOON = '2026-11-23T12:00:00Z';

  test.each<[string, SomeRun, string]>([
    ['a final cost', { status: 'SETTLED', at: NOON, claimed: 500, cost: '0.2', isFinal: true }, '0.2'],
    [
      'a cost that may still rise, at what it may come to',
      { status: 'SETTLED', at: NOON, claimed: 200, cost: '0.2' },
      '0.74',
    ],
    ['a run in flight, at its reads', { status: 'STARTED', at: NOON, claimed: 200 }, '0.74'],
    ['a small run in flight, at the minimum charge', { status: 'RECORDED', at: NOON }, '0.5'],
    ['a run that failed after it was started', { status: 'FAILED', at: NOON, externalRunId: 'r' }, '0.5'],
    ['nothing for a run that the platform refused to start', { status: 'FAILED', at: NOON }, '0'],
    ['a run of yesterday that is still in flight', { status: 'STARTED', at: '2026-11-22T23:59:59Z' }, '0.5'],
    [
      'a run of yesterday that ended today',
      { status: 'SETTLED', at: '2026-11-22T23:59:59Z', ended: '2026-11-23T00:00:01Z', cost: '0.6', isFinal: true },
      '0.6',
    ],
    [
      'nothing for a run that was over by midnight',
      { status: 'SETTLED', at: '2026-11-22T23:59:00Z', ended: '2026-11-22T23:59:59Z', cost: '0.6', isFinal: true },
      '0',
    ],
  ])('%s', async (_, run, spent) => {
    await addRun(run);
    expect(await dayAt('2026-11-23T18:00:00Z')).toMatchObject({ spentMicros: parseMicros(spent), dayShare: 0.75 });
  });

  test('the last run of today is known, by the part of the day that had passed', async () => {
    await addRun({ status: 'STARTED', at: '2026-11-22T23:00:00Z' });
    expect(await dayAt('2026-11-23T18:00:00Z')).toMatchObject({ lastRunShare: 0 });
    await addRun({ status: 'SETTLED', at: NOON });
    expect(await dayAt('2026-11-23T18:00:00Z')).toMatchObject({ lastRunShare: 0.5 });
  });

  test('is locked until what was decided from it is recorded: two trackers cannot spend the same money', async () => {
    await withTransaction(tracker.pool, async (tx) => {
      await lockSpendingDay(tx, { platform: 'TIKTOK', limitMicros: LIMIT, ...CHARGES, now: new Date(NOON) });
      const other = `SELECT FROM platform_states WHERE platform = 'TIKTOK' FOR NO KEY UPDATE NOWAIT`;
      await expect(tracker.pool.query(other)).rejects.toThrow('could not obtain lock');
    });
  });
});

describe('where the limit binds', () => {
  const limited = { ignoreMinimumCharge: false, maxIntervalMs: 4 * HOUR_MS, dailyLimitMicros: LIMIT };
  /** Reads since midnight that have cost 70 cents more than the line allows by now. */
  async function readAhead(): Promise<void> {
    const now = Date.now();
    const sinceMs = now % (24 * HOUR_MS);
    const usd = (10 * sinceMs) / (24 * HOUR_MS) + 0.7;
    const at = new Date(now - sinceMs).toISOString();
    await addRun({
      ...{ status: 'SETTLED', at, ended: at },
      ...{ claimed: Math.round(usd / 0.0037), cost: usd.toFixed(6), isFinal: true },
    });
  }

  /** Ten minutes at a price of just under four. */
  async function almostSlowed(): Promise<void> {
    await tracker.pool.query(
      `UPDATE platform_states SET read_price_learned = 3.99, read_priced_at = now() - interval '10 minutes' WHERE platform = 'TIKTOK'`,
    );
  }

  test('reads are weighed dearer, and every process finds the same price', async () => {
    await readAhead();
    await tracker.tick('TIKTOK', limited);
    expect(await readReadPrice(tracker.pool, 'TIKTOK')).toBeCloseTo(Math.exp(24 * 0.07), 1);
    expect(await tracker.openAlerts()).toEqual([]);
  });

  test('somebody is told once when clips wait twice as long for hours', async () => {
    await readAhead();
    await almostSlowed();
    await tracker.tick('TIKTOK', limited);
    await tracker.tick('TIKTOK', limited);
    expect(await tracker.openAlerts()).toEqual(['reads_slowed']);
    const { rows } = await tracker.pool.query('SELECT count FROM alerts');
    expect(rows).toEqual([{ count: 1 }]);
  });

  test('a clip waits longer for its next read than without a limit', async () => {
    const campaignId = await tracker.world.addCampaign({ budget: '100', rate: '1' });
    const clip = await tracker.postClip(campaignId, 100);
    await tracker.readAll();
    const untilNext = async () => {
      await tracker.pool.query(`UPDATE clips SET last_read_at = now() - interval '1 hour' WHERE id = $1`, [
        clip.clipId,
      ]);
      await tracker.readAll();
      const { rows } = await tracker.pool.query<{ wait: number }>(
        'SELECT extract(epoch FROM s.next_due_at - now())::float8 AS wait FROM clip_schedules s WHERE clip_id = $1',
        [clip.clipId],
      );
      return rows[0]?.wait ?? 0;
    };
    const usual = await untilNext();
    await tracker.pool.query(`UPDATE platform_states SET read_price = 6400 WHERE platform = 'TIKTOK'`);
    expect((await untilNext()) / usual).toBeGreaterThan(5);
  });

  test('without a limit the price is what a read costs, and its alerts are over', async () => {
    await readAhead();
    await almostSlowed();
    await tracker.tick('TIKTOK', limited);
    expect(await tracker.openAlerts()).toEqual(['reads_slowed']);
    await tracker.tick('TIKTOK');
    expect(await readReadPrice(tracker.pool, 'TIKTOK')).toBe(1);
    expect(await tracker.openAlerts()).toEqual([]);
  });
});
