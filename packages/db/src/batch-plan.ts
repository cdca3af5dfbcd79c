import type { FrozenTerms } from '@clipmeter/core/earnings';
import type { Micros } from '@clipmeter/core/money';
import type { Counts, Metric, Platform } from '@clipmeter/core/platform';
import type { LockedCampaign, LockedClip, LockedSubmission } from '#src/batch-locks.ts';
import type { ScheduleWrite } from '#src/plan-schedule.ts';
import type { ReadOutcome } from '#src/read-result.ts';

export interface SnapshotWrite {
  readonly clipId: string;
  readonly metric: Metric;
  readonly views: bigint;
  readonly counts: Readonly<Counts>;
  readonly flag: string | null;
  /** The campaign whose settlement decided from it; null if none did. */
  readonly campaignId: string | null;
}

export interface ClipWrite {
  readonly clip: LockedClip;
  readonly views: bigint;
  readonly metric: Metric | null;
  readonly creditMicros: Micros;
  readonly availability: 'LIVE' | 'PRIVATE' | 'GONE' | null;
  /** Null when the platform gave no answer about the video itself. */
  readonly readAt: Date | null;
  readonly found: Extract<ReadOutcome, { kind: 'found' }> | null;
}

export interface Credit {
  readonly clipId: string;
  readonly submission: LockedSubmission;
  readonly creditMicros: Micros;
  /** In this campaign, in all. */
  readonly creditedMicros: Micros;
}

export interface CampaignSettlement {
  readonly campaign: LockedCampaign;
  readonly leftBeforeMicros: Micros;
  readonly owedMicros: Micros;
  readonly creditedMicros: Micros;
  readonly exhausted: boolean;
  readonly credits: readonly Credit[];
}

export interface ApprovalWrite {
  readonly submission: LockedSubmission;
  readonly campaign: LockedCampaign;
  readonly terms: FrozenTerms;
  readonly earningsBaseMicros: Micros;
}

/** An approval that does not take effect now. */
export interface BlockedWrite {
  readonly submission: LockedSubmission;
  /** In words, for the review queue. */
  readonly why: string;
  /** Nothing will be read for it any more: it must be asked for again. */
  readonly isOver: boolean;
}

/** A submission whose link turned out to name a video by another id: it goes over to that video's clip. */
export interface GoingOver {
  readonly submission: LockedSubmission;
  readonly platform: Platform;
  readonly toClipId: string;
}

/** A submission that its first read turns down. */
export interface RejectionWrite {
  readonly submission: LockedSubmission;
  readonly campaign: LockedCampaign;
  /** For the clipper. */
  readonly reason: string;
  /** It is a duplicate: the clip of the video that somebody's submission has already. */
  readonly ownerClipId: string | null;
}

/** A submission that may stay submitted now that its video was read. */
export interface FirstReadWrite {
  readonly submission: LockedSubmission;
  /** Whose video it is; null if the read did not say. */
  readonly socialAccountId: string | null;
  readonly hasThumbnail: boolean;
}

/** A clip whose read showed somebody else's video: it earns nothing until an admin has looked at it. */
export interface HoldWrite {
  readonly submission: LockedSubmission;
  readonly campaign: LockedCampaign;
  /** Whom the read showed. */
  readonly authorId: string | null;
  /** In words, for its clipper and the review queue. */
  readonly reason: string;
}

export interface HeldWrite {
  readonly roundId: string;
  readonly clipId: string;
  readonly outcome: ReadOutcome;
}

/** All that one batch writes, decided before anything is written. */
export interface BatchPlan {
  readonly settlements: CampaignSettlement[];
  readonly snapshots: SnapshotWrite[];
  readonly clips: ClipWrite[];
  readonly schedules: ScheduleWrite[];
  /** Clips that nothing wants read any more. */
  readonly unscheduled: string[];
  readonly approvals: ApprovalWrite[];
  readonly blocked: BlockedWrite[];
  readonly doubts: { submissionId: string; doubtfulViews: bigint | null }[];
  readonly held: HeldWrite[];
  readonly holds: HoldWrite[];
  readonly goingOver: GoingOver[];
  readonly rejections: RejectionWrite[];
  readonly firstReads: FirstReadWrite[];
  /** First reads that take longer, and why, in words for the clipper. */
  readonly firstReadWaits: { submission: LockedSubmission; why: string }[];
  /** Clips that a run left out for the first time since they were last read. */
  readonly absentNow: string[];
  readonly counts: { read: number; unknown: number; unavailable: number; replayed: number };
}
