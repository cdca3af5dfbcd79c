import type { Counts } from '@clipmeter/core/platform';
import type { Engagement, FoundVideo, MissingVideo, VideoOutcome } from '#src/port.ts';

/** What one item of an answer says, before it is known which video of the batch it is about. */
export interface ReadItem {
  /** The platform's own id of the video, if the item carries one. */
  readonly externalId: string | null;
  /** Addresses that repeat what was asked for. */
  readonly askedUrls: readonly string[];
  /** Addresses that the item gives as the video's own. */
  readonly ownUrls: readonly string[];
  readonly outcome: VideoOutcome;
}

type Nullable<T> = { readonly [Key in keyof T]-?: Exclude<T[Key], undefined> | null };

/** A video as an item shows it; counts that are null are unknown. */
export interface ShownVideo extends Omit<FoundVideo, 'kind' | 'counts' | 'engagement'> {
  readonly counts: Partial<Nullable<Counts>>;
  readonly engagement: Partial<Nullable<Engagement>>;
}

/** Found, if at least one count is definite; unknown otherwise, because a video without a count says nothing. */
export function shownVideo({ counts, engagement, ...video }: ShownVideo): VideoOutcome {
  const { plays = null, views = null, impressions = null } = counts;
  const definite: Counts = {
    ...(plays === null ? {} : { plays }),
    ...(views === null ? {} : { views }),
    ...(impressions === null ? {} : { impressions }),
  };
  if (Object.keys(definite).length === 0) return missing('unknown', 'the item has no definite count');
  return { kind: 'found', counts: definite, engagement: definiteEngagement(engagement), ...video };
}

function definiteEngagement(engagement: ShownVideo['engagement']): Engagement {
  const { likes = null, comments = null, shares = null, saves = null, reposts = null, quotes = null } = engagement;
  return {
    ...(likes === null ? {} : { likes }),
    ...(comments === null ? {} : { comments }),
    ...(shares === null ? {} : { shares }),
    ...(saves === null ? {} : { saves }),
    ...(reposts === null ? {} : { reposts }),
    ...(quotes === null ? {} : { quotes }),
  };
}

const REASON_LENGTH_MAX = 300;

/** An outcome without a video; the reason is cut, because it may quote the platform. */
export function missing(kind: MissingVideo['kind'], reason: string): MissingVideo {
  return { kind, reason: reason.slice(0, REASON_LENGTH_MAX) };
}

/** The addresses that are there, in order. */
export function addresses(...candidates: readonly (string | null)[]): string[] {
  return candidates.filter((candidate) => candidate !== null);
}
