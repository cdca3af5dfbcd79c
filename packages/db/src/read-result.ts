import type { Metric } from '@clipmeter/core/platform';

/** What a run answered for one clip. The shape that the platform adapters give, less what settlement has no use for. */
export type ReadOutcome =
  | {
      readonly kind: 'found';
      /** Definite counts only: what the platform did not say is absent, never zero. */
      readonly counts: Readonly<Partial<Record<Metric, bigint>>>;
      /** How it is received: definite counts only. */
      readonly engagement?: { readonly likes?: bigint; readonly comments?: bigint; readonly shares?: bigint };
      readonly authorId?: string | null;
      readonly authorHandle?: string | null;
      readonly coauthorIds?: readonly string[];
      readonly publishedAt?: Date | null;
      readonly title?: string | null;
      readonly thumbnailUrl?: string | null;
      readonly durationMs?: number | null;
    }
  | MissedRead
  /** Left out by a run that showed others, on a platform that has no other word for a video that is gone. */
  | { readonly kind: 'absent'; readonly reason: string }
  | OtherRead;

/** No definite count. */
export interface MissedRead {
  readonly kind: 'not_found' | 'private' | 'unknown';
  readonly reason: string;
}

/** The platform answered with the video of another id. */
export interface OtherRead {
  readonly kind: 'other';
  readonly externalId: string;
  readonly reason: string;
}

export interface ReadResult {
  readonly clipId: string;
  readonly outcome: ReadOutcome;
}
