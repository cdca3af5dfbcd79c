import type { Micros } from '@clipmeter/core/money';
import type { Counts, Platform } from '@clipmeter/core/platform';

/**
 * The one port through which views are read, whatever the platform and whoever answers for it.
 *
 * A read is a run: `start` spends the money, `collect` waits for the end and says what became of each video, `cost`
 * says later what it came to. The caller writes its record of the batch before `start`, so that a crash or a lost
 * answer can be mended by `adopt` instead of a second paid run.
 *
 * Nothing here throws for what a platform or a network can do: those are outcomes. A reader throws only for a mistake
 * of the program (an empty batch, a batch that is too large).
 */
export interface PlatformReader {
  readonly platform: Platform;
  /** Who answers: an actor's id (`clockworks/tiktok-scraper`) or `youtube-data-api`. Stored with each run. */
  readonly source: string;
  /** The largest batch one run takes. */
  readonly maxBatch: number;
  /** What a run costs however little it reads. */
  readonly minimumChargeMicros: Micros;
  /** What one billed result is expected to cost; the true cost of a run comes with it. */
  readonly pricePerResultMicros: Micros;
  /** Whether it has a word for a video that is gone. Where it has none, only absences tell, from runs that show others. */
  readonly tellsGone: boolean;

  /** Starts a run for the batch, once: it is never retried inside, because a retry may pay twice. */
  start(batch: readonly VideoRef[], signal: AbortSignal): Promise<StartOutcome>;

  /**
   * Looks for a run that was started at or after `recordedAt` for exactly this batch. The caller excludes runs it
   * already knows by `knownRunIds`. `none` means that it does not exist now; `unavailable` that nobody could say, and
   * then nothing may be started in its place.
   */
  adopt(batch: readonly VideoRef[], recordedAt: Date, options?: AdoptOptions): Promise<AdoptOutcome>;

  /** Waits for the run to end and answers for every video of the batch. May be called again for the same run. */
  collect(externalRunId: string, batch: readonly VideoRef[], signal: AbortSignal): Promise<RunOutcome>;

  /** What the run cost, once that has settled (Apify: some seconds after the end); null as long as it has not. */
  cost(externalRunId: string, signal?: AbortSignal): Promise<Micros | null>;
}

/** A video to read: its identity on its platform, and the address the platform's reader is given. */
export interface VideoRef {
  readonly externalId: string;
  readonly url: string;
  readonly authorHandle: string | null;
}

export interface AdoptOptions {
  readonly knownRunIds?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
}

export type StartOutcome =
  | { readonly kind: 'started'; readonly externalRunId: string; readonly startedAt: Date }
  | Refusal
  | RejectedInput
  /** No answer came back: the run may exist. Adopt it before starting another. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Nothing was read, and no run is under way that could still answer. */
export type Refusal =
  /** The platform asks us to wait. Not a failure: the batch is put back. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number; readonly reason: string }
  /** Money or permission: every further start would be refused too, until a person acts. */
  | { readonly kind: 'stopped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * The platform takes no run of this input: something in the batch cannot be asked for, or nothing can. No run exists and
 * nothing is billed; asked for again as it is, the batch is refused again.
 */
export interface RejectedInput {
  readonly kind: 'rejected';
  readonly reason: string;
  /** External ids of the batch that the refusal names; often none. */
  readonly suspects: readonly string[];
}

export type AdoptOutcome =
  | { readonly kind: 'adopted'; readonly externalRunId: string; readonly startedAt: Date }
  | { readonly kind: 'none' }
  | { readonly kind: 'unavailable'; readonly reason: string };

export type RunOutcome =
  | EndedRun
  | (Refusal & { readonly costMicros: Micros | null })
  /** The wait was cut short (by the signal or the network) and the run may still go on: collect it again later. */
  | { readonly kind: 'interrupted'; readonly reason: string };

export interface EndedRun {
  readonly kind: 'ended';
  /** When the run ended, by the platform's clock: it dates the snapshots, the same at every redelivery. */
  readonly endedAt: Date;
  /** One entry a video of the batch, in the batch's order. */
  readonly results: readonly VideoResult[];
  /** What is known of the cost so far; null when nothing is. */
  readonly costMicros: Micros | null;
  /** False when the cost may still grow: ask `cost` again later. */
  readonly costIsFinal: boolean;
  /** Set when the platform, not its videos, is what is wrong: so much is unknown that no video may be blamed. */
  readonly incident: string | null;
}

export interface VideoResult {
  readonly ref: VideoRef;
  readonly outcome: VideoOutcome;
}

export type VideoOutcome = FoundVideo | MissingVideo | OtherVideo;

/** The platform showed the video with at least one definite count. */
export interface FoundVideo {
  readonly kind: 'found';
  /** Only definite counts are present; an absent metric is unknown, never zero. */
  readonly counts: Readonly<Counts>;
  /** Only definite counts are present. */
  readonly engagement: Engagement;
  /** The account's immutable id, when the platform gives it. */
  readonly authorId: string | null;
  readonly authorHandle: string | null;
  /** Ids of accounts that the post was published with; Instagram may name any of them as the author. */
  readonly coauthorIds?: readonly string[];
  readonly publishedAt: Date | null;
  readonly title: string | null;
  /** Signed and short-lived on some platforms (TikTok: 6 hours). */
  readonly thumbnailUrl: string | null;
  readonly durationMs: number | null;
  /** The item as it came, for the day when a parser was wrong. */
  readonly raw: unknown;
}

export interface MissingVideo {
  /**
   * `not_found`: the platform says it is not there (twice, hours apart, makes it unavailable).
   * `private`: it is there and closed; it may come back.
   * `unknown`: nothing was learned. No snapshot, no money, no blame; read again later.
   * `absent`: unknown too, but left out by a whole answer that shows other videos, on a platform that has no other word
   * for a video that is gone (`tellsGone`). Again and again, hours apart, it means just that.
   */
  readonly kind: 'not_found' | 'private' | 'unknown' | 'absent';
  /** Why, in a few words for a log and an admin: never shown to a clipper as it is. */
  readonly reason: string;
}

/**
 * Asked for this address, the platform showed a video with another id. Its counts are not this video's. At a first read
 * it may be the same video under the id that is really its own; later it is a wrong item.
 */
export interface OtherVideo {
  readonly kind: 'other';
  readonly externalId: string;
  readonly reason: string;
}

export const ENGAGEMENT_KINDS = ['likes', 'comments', 'shares', 'saves', 'reposts', 'quotes'] as const;

export type EngagementKind = (typeof ENGAGEMENT_KINDS)[number];

export type Engagement = Readonly<Partial<Record<EngagementKind, bigint>>>;
