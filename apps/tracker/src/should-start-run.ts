import { type Micros, maxMicros, micros } from '@clipmeter/core/money';

/** What is due on a platform now, and what a run there costs. */
export interface BatchQuestion {
  /** Due clips, the urgent ones first: at most as many as one run takes. */
  readonly due: readonly DueRead[];
  readonly minimumChargeMicros: Micros;
  readonly pricePerResultMicros: Micros;
  /** A clip that waited this long since its last read is read whatever it costs. */
  readonly maxIntervalMs: number;
  readonly spentTodayMicros: Micros;
  /** Null: nothing real is spent. */
  readonly dailyLimitMicros: Micros | null;
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
  | { readonly start: false; readonly why: 'nothing_due' | 'below_minimum_charge' | 'daily_limit' };

/**
 * Decides whether a run is worth starting. A platform bills a minimum for a run, so a batch waits until its results
 * come to that much, unless something urgent or asked for waits or a clip is at its largest interval; and no run is started that
 * would take the day's spending over its limit.
 */
export function shouldStartRun(question: BatchQuestion): BatchAnswer {
  const { due, minimumChargeMicros, pricePerResultMicros, dailyLimitMicros } = question;
  if (due.length === 0) return { start: false, why: 'nothing_due' };

  const pressing = due.some((read) => isPressing(read, question));
  if (!pressing && BigInt(due.length) * pricePerResultMicros < minimumChargeMicros) {
    return { start: false, why: 'below_minimum_charge' };
  }
  if (dailyLimitMicros === null) return { start: true, clips: due.length };

  const leftMicros = dailyLimitMicros - question.spentTodayMicros;
  const clips = affordableClips(due.length, leftMicros, question);
  return clips === 0 ? { start: false, why: 'daily_limit' } : { start: true, clips };
}

/** What a run of so many clips is expected to cost. */
export function projectedCostMicros(
  clips: number,
  price: { minimumChargeMicros: Micros; pricePerResultMicros: Micros },
): Micros {
  return maxMicros(price.minimumChargeMicros, micros(BigInt(clips) * price.pricePerResultMicros));
}

function isPressing(read: DueRead, question: BatchQuestion): boolean {
  if (read.urgent || read.asked || read.lastReadAt === null) return true;
  return question.now.getTime() - read.lastReadAt.getTime() >= question.maxIntervalMs;
}

/** As many of the clips as fit in what is left of the day: none if not even the minimum charge does. */
function affordableClips(wanted: number, leftMicros: bigint, price: BatchQuestion): number {
  if (leftMicros < 0n || leftMicros < price.minimumChargeMicros) return 0;
  if (price.pricePerResultMicros === 0n) return wanted;
  const affordable = leftMicros / price.pricePerResultMicros; // floor: both are positive
  return affordable < BigInt(wanted) ? Number(affordable) : wanted;
}
