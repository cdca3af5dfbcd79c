import { invariant } from '#src/invariant.ts';
import { type Micros, maxMicros, micros, minMicros, ZERO_MICROS } from '#src/money.ts';

// How a day's spending limit is spread over the day. Two rules work together. The pace is hard: spending keeps to a
// line from nothing at midnight to the limit at the next, but for an allowance. The price is soft: where the limit binds,
// a read is weighed as if it cost more, so that every clip waits longer in the proportions that leave the least money
// unread (see nextIntervalMs), and the reads that are left fit the line.

const HOUR_MS = 3_600_000;
const SHARES = 1_000_000;

/** How far spending may run ahead of its line: a twentieth of the limit, or one run of the least charge. */
const ALLOWANCE_PARTS = 20n;

/** How fast the price learns: a twentieth of the limit ahead for an hour raises it by a fifth. */
const LEARNED_PER_HOUR = 4;
/** What the price adds for now: a twentieth ahead is 3.3 times, at most 7.4 times either way. */
const NUDGE = 24;
const NUDGE_MAX = 2;
/** After a standstill the price is learned on from the present, not for the time that was missed. */
const LEARNING_MS_MAX = 10 * 60_000;
/** Intervals 150 times as long. Beyond it the pace alone holds. */
const PRICE_MAX = 22_000;

/** A platform's day of spending as it stands. */
export interface SpendingDay {
  readonly limitMicros: Micros;
  /** What the day's runs have cost, or may still cost while it is not known. */
  readonly spentMicros: Micros;
  /** The same runs' reads at the price of a read: less than was spent where small runs were billed a minimum. */
  readonly readsMicros: Micros;
  /** The part of the day that has passed, 0 to 1. */
  readonly dayShare: number;
  /** The part that had passed when the day's last run was recorded; 0 while there was none. */
  readonly lastRunShare: number;
}

/** The price of a read, as a multiple of what it costs. */
export interface ReadPrice {
  /** What it settled at so far: kept from day to day, and what the next one is learned from. */
  readonly learned: number;
  /** What reads are weighed with now: 1 while the limit does not bind. */
  readonly price: number;
}

/** What may have been spent by now if the day's limit is to last until its end. */
export function spendingLineMicros({ limitMicros, dayShare }: SpendingDay): Micros {
  invariant(dayShare >= 0 && dayShare <= 1, 'a part of a day lies between 0 and 1');
  return micros((limitMicros * BigInt(Math.floor(dayShare * SHARES))) / BigInt(SHARES));
}

/**
 * What may be spent now: up to the line and its allowance. Where spending is ahead of that (approvals came, the limit was
 * lowered), an even share of what is left: as much of it as of the time that was left since the last run. Either way
 * spending that keeps to it stays below the line and its allowance, and below the limit. Not negative.
 *
 * @param run its least charge, which the allowance never falls below, or a small limit would start none; and whether its
 *   reads come to that: one that is billed more than its reads has no allowance
 */
export function paceRoomMicros(day: SpendingDay, run: { minimumChargeMicros: Micros; isFull: boolean }): Micros {
  const { limitMicros, spentMicros } = day;
  const leftMicros = micros(limitMicros - spentMicros);
  if (leftMicros <= 0n) return ZERO_MICROS;
  const lineMicros = spendingLineMicros(day);
  const allowanceMicros = maxMicros(micros(limitMicros / ALLOWANCE_PARTS), run.minimumChargeMicros);
  const hasAllowance = run.isFull || spentMicros <= lineMicros;
  const toLineMicros = hasAllowance ? micros(lineMicros + allowanceMicros - spentMicros) : ZERO_MICROS;
  return minMicros(leftMicros, maxMicros(toLineMicros, evenShareMicros(day, leftMicros)));
}

function evenShareMicros({ dayShare, lastRunShare }: SpendingDay, leftMicros: Micros): Micros {
  if (lastRunShare >= dayShare) return ZERO_MICROS;
  const share = (dayShare - lastRunShare) / (1 - lastRunShare);
  return micros((leftMicros * BigInt(Math.floor(share * SHARES))) / BigInt(SHARES));
}

/**
 * The price after some more of the day: up while reads run ahead of the line, down while they fall behind, never below 1.
 * A controller of two parts: what it learned (the sum over time) holds the price that fits the platform's clips, and a
 * nudge in proportion answers at once. What minimum charges cost beyond their reads is left out, because dearer reads
 * would make such runs only emptier.
 *
 * @param learned what was learned until now, 1 at first
 * @param elapsedMs the time since then
 */
export function nextReadPrice(learned: number, day: SpendingDay, elapsedMs: number): ReadPrice {
  invariant(learned >= 1, 'a read never costs less than it does');
  const { limitMicros, spentMicros, readsMicros, dayShare } = day;
  if (limitMicros <= 0n) return { learned, price: learned };
  const ahead = Number(minMicros(spentMicros, readsMicros)) / Number(limitMicros) - dayShare;
  const hours = Math.max(0, Math.min(LEARNING_MS_MAX, elapsedMs)) / HOUR_MS;
  const log = bounded(Math.log(learned) + LEARNED_PER_HOUR * ahead * hours, 0, Math.log(PRICE_MAX));
  const nudge = bounded(NUDGE * ahead, -NUDGE_MAX, NUDGE_MAX);
  return { learned: Math.exp(log), price: Math.exp(bounded(log + nudge, 0, Math.log(PRICE_MAX))) };
}

const bounded = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
