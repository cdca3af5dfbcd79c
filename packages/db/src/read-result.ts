import type { Metric } from '@clipmeter/core/platform';

/** What a run answered for one clip. The shape that the platform adapters give, less what settlement has no use for. */
export type ReadOutcome =
  | {
      readonly kind: 'found';
      /** Definite counts only: what the platform did not say is absent, never zero. */
      readonly counts: Readonly<Partial<Record<Metric, bigint>>>;
      readonly authorId?: string | null;
      readonly authorHandle?: string | null;
      readonly publishedAt?: Date | null;
      readonly title?: string | null;
      readonly thumbnailUrl?: string | null;
      readonly durationMs?: number | null;
    }
  | { readonly kind: 'not_found' | 'private' | 'unknown'; readonly reason: string };

export interface ReadResult {
  readonly clipId: string;
  readonly outcome: ReadOutcome;
}
