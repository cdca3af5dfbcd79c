import type { Platform } from '@clipmeter/core/platform';
import type { SettleLimits } from '@clipmeter/core/settlement';
import type { LockedBatch, LockedCampaign } from '#src/batch-locks.ts';
import type { RatesByCampaign } from '#src/campaign-rates.ts';
import type { FirstReadFacts } from '#src/first-reads.ts';
import type { ScheduleConfig } from '#src/plan-schedule.ts';
import type { ReadOutcome, ReadResult } from '#src/read-result.ts';

/** How settlement behaves; the daemon reads it from its environment once. */
export interface SettlementConfig extends ScheduleConfig {
  readonly limits: SettleLimits;
}

export interface OpenRound {
  readonly startedAt: Date;
  /** It is being settled: nothing that is read now belongs to it. */
  readonly isFrozen: boolean;
}

export interface BatchInput {
  readonly runId: string;
  /** What the run was asked for; what it has no answer for goes back to the schedule. */
  readonly runClipIds: readonly string[];
  readonly platform: Platform;
  /** When the run was recorded: a baseline asked for later than this waits for the next read. */
  readonly recordedAt: Date;
  /** The run's end: the date of its snapshots. */
  readonly endedAt: Date;
  readonly now: Date;
  readonly results: readonly ReadResult[];
  /** Clips that this run has settled already: a redelivery decides nothing for them. */
  readonly settledBefore: ReadonlySet<string>;
  /** The closing rounds that are open in the locked campaigns. */
  readonly rounds: ReadonlyMap<string, OpenRound>;
  readonly locked: LockedBatch;
  /** Rates of single platforms, of the campaigns in which an approval may take effect. */
  readonly rates: RatesByCampaign;
  /** What first reads are held against, by submission. */
  readonly firstReads: ReadonlyMap<string, FirstReadFacts>;
  /** The clips of the videos that clips of the run were answered with instead, by the clip that was asked for. */
  readonly answeredClips: ReadonlyMap<string, AnsweredClip>;
  /** Since when runs that showed others have left clips out, for those that this run left out too. */
  readonly absentSince: ReadonlyMap<string, Date>;
  readonly config: SettlementConfig;
}

/** What a first read was answered with instead of the video that was asked for. */
export interface AnsweredClip {
  readonly clipId: string;
  /** The submission that may go over to it. */
  readonly submissionId: string;
}

/** An answer with a count. */
export type Found = Extract<ReadOutcome, { kind: 'found' }>;

/** Whether the campaign reads its clips: it is not a draft and not final. */
export const isOpen = (campaign: LockedCampaign) => campaign.status === 'ACTIVE' || campaign.status === 'PAUSED';

/** Whether the campaign's closing round still waits for reads. */
export const isGathering = (input: BatchInput, campaign: LockedCampaign) =>
  campaign.closingRoundId !== null && input.rounds.get(campaign.closingRoundId)?.isFrozen === false;
