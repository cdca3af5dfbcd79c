import type { Metric } from '@clipmeter/core/platform';
import type { PlatformReader, VideoRef } from '#src/port.ts';

/** A platform that a test can arrange, and the reader that reads it. */
export interface ConformanceWorld {
  readonly reader: PlatformReader;
  /** Posts a video that keeps its views. */
  postVideo(views: number, handle: string): VideoRef;
  setViews(ref: VideoRef, views: number): void;
  hide(ref: VideoRef, state: 'deleted' | 'private'): void;
  /** Breaks every call from now on, in one way at a time. */
  breakWith(fault: WorldFault): void;
  mend(): void;
  /** Runs that were started, and calls where the platform has no runs. */
  startCount(): number;
  stop(): Promise<void>;
}

/** What can be wrong with answers that look like a success. */
export type ItemFault =
  | 'empty'
  | 'no_items'
  | 'no_results'
  | 'mock_rows'
  | 'null_counts'
  | 'negative_counts'
  | 'text_counts'
  | 'missing_items'
  | 'shuffled'
  | 'duplicates';

export type RunFault = 'failed' | 'timed_out' | 'aborted' | 'hang';

export type WorldFault =
  | { readonly kind: ItemFault | RunFault | 'accept_then_drop' | 'invalid_json' | 'drop' }
  | { readonly kind: 'http_error'; readonly status: number; readonly type?: string };

export interface ConformanceFixture {
  /** Who is under test, as in "TikTok through its actor". */
  readonly name: string;
  /** What the platform counts, the preferred metric first; `postVideo` and `setViews` set that one. */
  readonly metrics: readonly [Metric, ...Metric[]];
  /** Whether reads are runs on the platform's side, which cost money and can be lost and found. */
  readonly hasRuns: boolean;
  /** What the platform says of a video that was deleted. */
  readonly deletedVideo: 'not_found' | 'unknown';
  /** What the platform shows of a private video to a stranger. */
  readonly privateVideo: 'private' | 'not_found' | 'unknown';
  /** Whether items say how long the video is. */
  readonly tellsDuration: boolean;
  /** What it means that a video is absent from an answer that is otherwise whole. */
  readonly absentVideo: 'unknown' | 'not_found';
  /** What it means among at least as many that are there, if that is something else. */
  readonly absentAmongOthers?: 'absent';
  readonly refusals: readonly (readonly [
    fault: WorldFault,
    kind: 'throttled' | 'stopped' | 'failed' | 'lost' | 'rejected',
  ])[];
  open(): Promise<ConformanceWorld>;
}
