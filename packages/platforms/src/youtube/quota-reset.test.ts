import { expect, test } from 'vitest';
import { msUntilQuotaReset } from '#src/youtube/quota-reset.ts';

test.each([
  ['in winter', '2026-01-10T20:00:00.000Z', '2026-01-11T08:00:00.000Z'],
  ['in summer', '2026-07-10T20:00:00.250Z', '2026-07-11T07:00:00.000Z'],
  ['on the day of 23 hours', '2026-03-08T08:30:00.000Z', '2026-03-09T07:00:00.000Z'],
  ['on the day of 25 hours', '2026-11-01T07:30:00.000Z', '2026-11-02T08:00:00.000Z'],
  ['at midnight', '2026-01-10T08:00:00.000Z', '2026-01-11T08:00:00.000Z'],
])('the quota comes back at midnight in California %s', (_when, now, reset) => {
  const instant = new Date(now);
  expect(new Date(instant.getTime() + msUntilQuotaReset(instant)).toISOString()).toBe(reset);
});
