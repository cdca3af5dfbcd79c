import { parseMicros } from '@clipmeter/core/money';
import { withTransaction } from '@clipmeter/db/transaction';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { type LockProbe, outsideOfAll } from '@clipmeter/testing/lock-probe';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { waits } from '@clipmeter/testing/lock-scene';
import { lockSpendingDay } from '#src/read-price.ts';

const DAY = {
  platform: 'TIKTOK',
  limitMicros: parseMicros('5'),
  minimumChargeMicros: parseMicros('0.01'),
  pricePerResultMicros: parseMicros('0.001'),
  now: new Date('2026-11-22T12:00:00Z'),
} as const;

const spendsAlone: LockProbe = {
  name: 'one tracker at a time decides what a platform may still be paid today',
  async run({ pool, plain }) {
    let second: Promise<unknown> = Promise.resolve();
    const hasWaited = await withTransaction(pool, async (tx) => {
      await lockSpendingDay(tx, DAY);
      second = outsideOfAll(() => withTransaction(pool, (other) => lockSpendingDay(other, DAY)));
      return waits(plain, second);
    });
    await second;
    return hasWaited ? null : 'two decided at once, so that together they may spend more than the limit';
  },
};

/** Probes of the locks that this app takes by itself. */
export const TRACKER_LOCK_PROBES: readonly LockProbe[] = [spendsAlone];
