import { earnedMicros, type FrozenTerms } from '@clipmeter/core/earnings';
import { expectedMicros } from '@clipmeter/core/forecast';
import { type Micros, subtractMicros, ZERO_MICROS } from '@clipmeter/core/money';
import {
  backoffMs,
  budgetChance,
  type IntervalConfig,
  nextIntervalMs,
  nextVelocity,
  usdPerView,
} from '@clipmeter/core/read-interval';
import type { LockedCampaign, LockedClip, LockedSchedule } from '#src/batch-locks.ts';
import type { MissedRead, ReadOutcome } from '#src/read-result.ts';

/** How settlement schedules. */
export interface ScheduleConfig {
  readonly interval: IntervalConfig;
  /** Two `not_found` answers at least this far apart make a clip gone. */
  readonly goneAfterMs: number;
}

/** A clip's next read. */
export interface ScheduleWrite {
  readonly clipId: string;
  /** `infinity`: parked until something wakes it (a pause, a closing round). */
  readonly nextDueAt: Date | 'infinity';
  readonly urgent: boolean;
  readonly velocityPerHour: number;
  /** Its share of the campaign's forecast now, and before. */
  readonly expectedMicros: Micros;
  readonly expectedBeforeMicros: Micros;
  readonly failures: number;
  readonly notFoundAt: Date | null;
  readonly outcome: ReadOutcome['kind'];
  readonly reason: string | null;
}

/** A schedule as it was, without its lease and with its failures forgiven. */
export function unleased(
  clipId: string,
  schedule: LockedSchedule | undefined,
): Omit<ScheduleWrite, 'nextDueAt' | 'urgent' | 'outcome'> {
  return {
    clipId,
    velocityPerHour: schedule?.velocityPerHour ?? 0,
    expectedMicros: schedule?.expectedMicros ?? ZERO_MICROS,
    expectedBeforeMicros: schedule?.expectedMicros ?? ZERO_MICROS,
    failures: 0,
    notFoundAt: null,
    reason: null,
  };
}

interface Moment {
  readonly now: Date;
  readonly endedAt: Date;
  readonly config: ScheduleConfig;
}

interface Read {
  readonly clip: LockedClip;
  readonly campaign: LockedCampaign;
  readonly terms: FrozenTerms;
  /** The count that was accepted. */
  readonly views: bigint;
  /** Credited under these terms, this read's credit included. */
  readonly creditedMicros: Micros;
  /** A baseline: nothing to measure growth against yet. */
  readonly isFirst: boolean;
  /** A jump waits for its second read, so that comes as soon as it may. */
  readonly isDoubtful?: boolean;
  readonly schedule: LockedSchedule | undefined;
}

/** After an accepted read: how fast it grows now, when it is worth reading again, what it should earn until then. */
export function planNextRead({ now, endedAt, config }: Moment, read: Read): ScheduleWrite {
  const { clip, campaign, terms, views, creditedMicros, isFirst, isDoubtful, schedule } = read;
  const elapsedMs = isFirst || !clip.lastReadAt ? null : endedAt.getTime() - clip.lastReadAt.getTime();
  const before = schedule?.velocityPerHour ?? 0;
  const velocityPerHour = elapsedMs === null ? 0 : nextVelocity(before, views - clip.views, elapsedMs);
  const isCapped = terms.capMicros !== null && earnedMicros(terms, views) >= terms.capMicros;
  const leftMicros = subtractMicros(campaign.budgetMicros, campaign.spentMicros);
  const wantedMs = nextIntervalMs({
    ...config.interval,
    velocity: velocityPerHour,
    usdPerView: isCapped ? 0 : usdPerView(terms.ratePer1000Micros),
    budgetChance: budgetChance(leftMicros, campaign.expectedMicros),
    previousIntervalMs: elapsedMs,
  });
  const intervalMs = isDoubtful ? config.interval.minIntervalMs : wantedMs;
  return {
    clipId: clip.id,
    // Paused: read once more after the resumption, which wakes it.
    nextDueAt: campaign.status === 'PAUSED' ? 'infinity' : new Date(now.getTime() + intervalMs),
    urgent: false,
    velocityPerHour,
    // Nothing is expected of a clip that is not read.
    expectedMicros:
      campaign.status === 'PAUSED'
        ? ZERO_MICROS
        : expectedMicros({ terms, creditedMicros, views, velocity: velocityPerHour, untilReadMs: intervalMs }),
    expectedBeforeMicros: schedule?.expectedMicros ?? ZERO_MICROS,
    failures: 0,
    notFoundAt: null,
    outcome: 'found',
    reason: null,
  };
}

/** After a read without a definite count: wait longer with each failure; certain answers change what the clip is. */
export function planFailedRead(
  { now, config }: Moment,
  failed: {
    clip: LockedClip;
    outcome: MissedRead;
    schedule: LockedSchedule | undefined;
    /** An approval or a closing round waits for it. */
    isUrgent: boolean;
  },
): { write: ScheduleWrite; availability: 'PRIVATE' | 'GONE' | null } {
  const { clip, outcome, schedule, isUrgent } = failed;
  const failures = (schedule?.failures ?? 0) + 1;
  const notFoundAt = outcome.kind === 'not_found' ? (schedule?.notFoundAt ?? now) : null;
  const isGone = notFoundAt !== null && now.getTime() - notFoundAt.getTime() >= config.goneAfterMs;
  const availability = outcome.kind === 'private' ? 'PRIVATE' : isGone ? 'GONE' : null;
  // Somebody waits for an urgent read: it is tried again as after an answer that says nothing.
  const waitMs = backoffMs(isUrgent ? 'unknown' : outcome.kind, failures);
  return {
    availability,
    write: {
      clipId: clip.id,
      nextDueAt: new Date(now.getTime() + waitMs),
      urgent: isUrgent,
      velocityPerHour: schedule?.velocityPerHour ?? 0,
      expectedMicros: schedule?.expectedMicros ?? ZERO_MICROS,
      expectedBeforeMicros: schedule?.expectedMicros ?? ZERO_MICROS,
      failures,
      notFoundAt,
      outcome: outcome.kind,
      reason: outcome.reason,
    },
  };
}
