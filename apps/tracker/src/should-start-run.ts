import { type Micros, maxMicros, micros } from '@clipmeter/core/money';
import { paceRoomMicros, type SpendingDay } from '@clipmeter/core/spending-pace';

/** What is due on a platform now, and what a run there costs. */
export interface BatchQuestion {
  /** Due clips, those that somebody waits for first (see isWaitedFor): at most as many as one run takes. */
  readonly due: readonly DueRead[];
  readonly minimumChargeMicros: Micros;
  readonly pricePerResultMicros: Micros;
  /** A clip that waited this long since its last read is read though its run is billed more than its reads. */
  readonly maxIntervalMs: number;
  /** Null: nothing real is spent. */
  readonly day: SpendingDay | null;
  readonly now: Date;
}

export interface DueRead {
  /** An approval or a closing round waits for it. */
  readonly urgent: boolean;
  /** Somebody asked for a round over it and waits. */
  readonly asked: boolean;
  readonly lastReadAt: Date | null;
}

export type BatchAnswer =
  /** Read the first `clips` of those due. */
  | { readonly start: true; readonly clips: number }
  | { readonly start: false; readonly why: 'nothing_due' | 'below_minimum_charge' | 'paced' | 'daily_limit' };

/**
 * Decides whether a run is worth starting. A platform bills a minimum for a run, so a batch waits until its results
 * come to that much, unless something urgent or asked for waits or a clip is at its largest interval. No run is started
 * that would take the day's spending over its limit, and none but for those who wait that would take it ahead of its
 * pace: the day's money is to last for the day.
 */
export function shouldStartRun(question: BatchQuestion): BatchAnswer {
  const { due, minimumChargeMicros, pricePerResultMicros, day } = question;
  if (due.length === 0) return { start: false, why: 'nothing_due' };

  const waitedFor = due.filter(isWaitedFor).length;
  const isFull = BigInt(due.length) * pricePerResultMicros >= minimumChargeMicros;
  if (!isFull && waitedFor === 0 && !due.some((read) => isOverdue(read, question))) {
    return { start: false, why: 'below_minimum_charge' };
  }
  if (day === null) return { start: true, clips: due.length };

  const leftMicros = micros(day.limitMicros - day.spentMicros);
  const affordable = affordableClips(due.length, leftMicros, question);
  if (affordable === 0) return { start: false, why: 'daily_limit' };
  const wanted = Math.max(pacedClips(isFull, day, question), waitedFor === 0 ? 0 : paidForClips(waitedFor, question));
  const clips = Math.min(affordable, wanted);
  return clips === 0 ? { start: false, why: 'paced' } : { start: true, clips };
}

/** Whether a person or a closing round waits for it. */
export function isWaitedFor(read: DueRead): boolean {
  return read.urgent || read.asked;
}

/** What a run of so many clips is expected to cost. */
export function projectedCostMicros(
  clips: number,
  price: { minimumChargeMicros: Micros; pricePerResultMicros: Micros },
): Micros {
  return maxMicros(price.minimumChargeMicros, micros(BigInt(clips) * price.pricePerResultMicros));
}

function isOverdue(read: DueRead, question: BatchQuestion): boolean {
  return read.lastReadAt === null || question.now.getTime() - read.lastReadAt.getTime() >= question.maxIntervalMs;
}

/** What the pace allows now. */
function pacedClips(isFull: boolean, day: SpendingDay, question: BatchQuestion): number {
  const { due, minimumChargeMicros } = question;
  return affordableClips(due.length, paceRoomMicros(day, { minimumChargeMicros, isFull }), question);
}

/** Those that somebody waits for, and what the minimum charge of their run pays for besides. */
function paidForClips(waitedFor: number, { due, minimumChargeMicros, pricePerResultMicros }: BatchQuestion): number {
  if (pricePerResultMicros === 0n) return due.length;
  return Math.min(due.length, Math.max(waitedFor, Number(minimumChargeMicros / pricePerResultMicros)));
}

/** As many of the clips as fit in the money: none if not even the minimum charge does. */
function affordableClips(wanted: number, moneyMicros: Micros, price: BatchQuestion): number {
  if (moneyMicros < 0n || moneyMicros < price.minimumChargeMicros) return 0;
  if (price.pricePerResultMicros === 0n) return wanted;
  const affordable = moneyMicros / price.pricePerResultMicros; // floor: both are positive
  return affordable < BigInt(wanted) ? Number(affordable) : wanted;
}
