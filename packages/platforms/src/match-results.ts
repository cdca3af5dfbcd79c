import { parseClipLink } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import type { Platform } from '@clipmeter/core/platform';
import type { FoundVideo, VideoOutcome, VideoRef, VideoResult } from '#src/port.ts';
import { missing, type ReadItem } from '#src/read-item.ts';

/**
 * Says what became of each video of the batch, from items in any order, with any of them missing, repeated or about
 * something else. An item is matched by the platform's id first and by the canonical form of its addresses second,
 * never by the address as text. A video that no item is about is unknown.
 */
export function matchResults(
  platform: Platform,
  batch: readonly VideoRef[],
  items: readonly ReadItem[],
): readonly VideoResult[] {
  const wanted = new Set(batch.map((ref) => ref.externalId));
  const outcomes = new Map<string, VideoOutcome>();
  for (const item of items) {
    const answer = answerOf(platform, wanted, item);
    if (answer === null) continue;
    const other = outcomes.get(answer.externalId);
    outcomes.set(answer.externalId, other === undefined ? answer.outcome : safer(other, answer.outcome));
  }
  return batch.map((ref) => ({
    ref,
    outcome: outcomes.get(ref.externalId) ?? missing('unknown', 'the answer does not mention the video'),
  }));
}

function answerOf(
  platform: Platform,
  wanted: ReadonlySet<string>,
  item: ReadItem,
): { externalId: string; outcome: VideoOutcome } | null {
  if (item.externalId !== null && wanted.has(item.externalId)) {
    return { externalId: item.externalId, outcome: item.outcome };
  }
  for (const url of item.urls) {
    const externalId = externalIdOf(platform, url);
    if (externalId === null || !wanted.has(externalId)) continue;
    // The address is ours and the id is another's: the platform led elsewhere, and those counts are not this video's.
    if (item.externalId !== null && item.outcome.kind === 'found') {
      return { externalId, outcome: missing('unknown', `the answer is about another video (${item.externalId})`) };
    }
    return { externalId, outcome: item.outcome };
  }
  return null;
}

function externalIdOf(platform: Platform, url: string): string | null {
  try {
    const link = parseClipLink(url);
    return link.kind === 'clip' && link.platform === platform ? link.externalId : null;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

const WEIGHT: Record<VideoOutcome['kind'], number> = { found: 3, private: 2, not_found: 1, unknown: 0 };

/**
 * Of two answers about one video, the one to believe, whichever came first: a shown video over an error, an answer over
 * none, and of two shown the lower counts: the next read makes up for a count that was too low, and nothing for one that
 * was too high.
 */
function safer(a: VideoOutcome, b: VideoOutcome): VideoOutcome {
  if (a.kind === 'found' && b.kind === 'found') return lower(a, b);
  return WEIGHT[b.kind] > WEIGHT[a.kind] ? b : a;
}

function lower(a: FoundVideo, b: FoundVideo): FoundVideo {
  for (const metric of ['plays', 'views', 'impressions'] as const) {
    const [countA, countB] = [a.counts[metric], b.counts[metric]];
    if (countA === countB) continue;
    if (countA === undefined) return b;
    if (countB === undefined) return a;
    return countB < countA ? b : a;
  }
  return a;
}
