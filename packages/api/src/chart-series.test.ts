import { parseMicros } from '@clipmeter/core/money';
import { describe, expect, it } from 'vitest';
import { bucketSecondsFor, chartSeries } from '#src/chart-series.ts';

const MINUTE = 60_000;
const bucket = (minute: number, viewsChange: bigint, credited = '0') => ({
  at: new Date(minute * MINUTE),
  viewsChange,
  creditedMicros: parseMicros(credited),
});
const START = { views: 100n, spentMicros: parseMicros('1') };

describe('a chart', () => {
  it('adds up, and falls where views fell', () => {
    const points = chartSeries(START, [bucket(1, 50n, '0.5'), bucket(2, -30n)], 60);
    expect(points.map(({ views, spent }) => [views, spent])).toEqual([
      [150, '1.500000'],
      [120, '1.500000'],
    ]);
  });

  it('has a gap where nothing was read for long, and none where reads are usually far apart', () => {
    const minutes = [1, 2, 3, 60, 61];
    const views = chartSeries(
      START,
      minutes.map((minute) => bucket(minute, 1n)),
      60,
    ).map((point) => point.views);
    expect(views).toEqual([101, 102, 103, null, 104, 105]);
    const hourly = chartSeries(
      START,
      [0, 60, 120, 180].map((minute) => bucket(minute, 1n)),
      60,
    );
    expect(hourly.every((point) => point.views !== null)).toBe(true);
  });

  it('has about 180 points at most, however long the time', () => {
    for (const spanMs of [MINUTE, 60 * MINUTE, 7 * 1_440 * MINUTE, 365 * 1_440 * MINUTE]) {
      expect(spanMs / 1_000 / bucketSecondsFor(spanMs)).toBeLessThanOrEqual(180);
    }
  });
});
