import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { nextReadPrice, type ReadPrice, type SpendingDay } from '@clipmeter/core/spending-pace';
import type { Queryable } from '@clipmeter/db/connect';
import { readDaySpending } from '@clipmeter/db/scrape-run';
import type { Tx } from '@clipmeter/db/transaction';

const DAY_MS = 24 * 60 * 60_000;

interface PriceRow {
  read_price: number;
  read_price_learned: number;
  read_priced_at: Date | null;
}

/** What a read is weighed with on a platform now: a multiple of what it costs, 1 while the day's limit does not bind. */
export async function readReadPrice(client: Queryable, platform: Platform): Promise<number> {
  const { rows } = await client.query<PriceRow>('SELECT read_price FROM platform_states WHERE platform = $1', [
    platform,
  ]);
  return rows[0]?.read_price ?? 1;
}

/**
 * The platform's day of spending, under its row's lock until the transaction ends: of several trackers each sees what
 * the others have recorded, so that together they stay below the limit. A day is one of UTC.
 */
export async function lockSpendingDay(
  tx: Tx,
  day: {
    platform: Platform;
    limitMicros: Micros;
    minimumChargeMicros: Micros;
    pricePerResultMicros: Micros;
    now: Date;
  },
): Promise<SpendingDay> {
  await tx.query('SELECT FROM platform_states WHERE platform = $1 FOR NO KEY UPDATE', [day.platform]);
  const since = startOfDay(day.now);
  const { lastRunAt, ...spending } = await readDaySpending(tx, { ...day, since });
  // Another tracker's clock may be a little ahead.
  const shareAt = (at: Date) => Math.min(1, (at.getTime() - since.getTime()) / DAY_MS);
  const lastRunShare = lastRunAt === null ? 0 : shareAt(lastRunAt);
  return { limitMicros: day.limitMicros, ...spending, dayShare: shareAt(day.now), lastRunShare };
}

/** Moves the price to what the day's spending asks for, under the lock that `lockSpendingDay` took. */
export async function adjustReadPrice(
  tx: Tx,
  platform: Platform,
  day: SpendingDay,
  now: Date,
): Promise<ReadPrice & { learnedBefore: number }> {
  const { rows } = await tx.query<PriceRow>(
    'SELECT read_price, read_price_learned, read_priced_at FROM platform_states WHERE platform = $1',
    [platform],
  );
  const [row] = rows;
  if (!row) throw new Error(`platform_states has no row for ${platform}`);
  const elapsedMs = row.read_priced_at === null ? 0 : now.getTime() - row.read_priced_at.getTime();
  const { price, learned } = nextReadPrice(row.read_price_learned, day, elapsedMs);
  await tx.query(
    'UPDATE platform_states SET read_price = $2, read_price_learned = $3, read_priced_at = $4 WHERE platform = $1',
    [platform, price, learned, now],
  );
  return { learnedBefore: row.read_price_learned, learned, price };
}

/** No limit (any more): a read is weighed with what it costs. True if that is news. */
export async function forgetReadPrice(client: Queryable, platform: Platform): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE platform_states SET read_price = 1, read_price_learned = 1, read_priced_at = NULL
     WHERE platform = $1 AND read_priced_at IS NOT NULL`,
    [platform],
  );
  return rowCount === 1;
}

/** Midnight, UTC. */
export function startOfDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}
