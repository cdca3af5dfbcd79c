import { parseClipLink } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import type { Platform } from '@clipmeter/core/platform';
import type { FoundVideo, VideoOutcome, VideoRef, VideoResult } from '#src/port.ts';
import { missing, type ReadItem } from '#src/read-item.ts';

/**
 * Says what became of each video of the batch, from items in any order, with any of them missing, repeated or about
 * something else. An item is matched by the platform's id first and by the canonical form of its addresses second,
 * never by the address as text. A video that no item is about is absent; one whose address was answered with another
 * video is that other one's only by name: its counts are nobody's here.
 */
export function matchResults(
  platform: Platform,
  batch: readonly VideoRef[],
  items: readonly ReadItem[],
): readonly VideoResult[] {
  const wanted = new Set(batch.map((ref) => ref.externalId));
  const answers = new Map<string, VideoOutcome>();
  const others = new Map<string, Set<string>>();
  const answer = (externalId: string, outcome: VideoOutcome) => {
    const earlier = answers.get(externalId);
    answers.set(externalId, earlier === undefined ? outcome : safer(earlier, outcome));
  };
  for (const item of items) {
    const { externalId, outcome } = item;
    if (externalId !== null && wanted.has(externalId)) answer(externalId, outcome);
    if (externalId === null || outcome.kind !== 'found') {
      if (externalId !== null && wanted.has(externalId)) continue;
      const meant = firstWanted(platform, wanted, [...item.askedUrls, ...item.ownUrls]);
      if (meant !== null) answer(meant, outcome);
      continue;
    }
    const asked = firstWanted(platform, wanted, item.askedUrls);
    if (asked !== null && asked !== externalId && isConsistent(platform, item, externalId)) {
      others.set(asked, (others.get(asked) ?? new Set()).add(externalId));
      continue;
    }
    const meant = asked ?? firstWanted(platform, wanted, item.ownUrls);
    if (meant !== null && meant !== externalId) {
      answer(meant, missing('unknown', `the answer is about another video (${externalId})`));
    }
  }
  return batch.map((ref) => ({ ref, outcome: settled(answers.get(ref.externalId), others.get(ref.externalId)) }));
}

/** An answer about the video itself stands above all talk of another one. */
function settled(answer: VideoOutcome | undefined, others: ReadonlySet<string> | undefined): VideoOutcome {
  if (answer !== undefined && answer.kind !== 'unknown') return answer;
  const [externalId, ...more] = others ?? [];
  if (externalId === undefined) return answer ?? missing('absent', 'the answer does not mention the video');
  if (more.length > 0) return missing('unknown', `the answer names ${more.length + 1} other videos for it`);
  return { kind: 'other', externalId, reason: `the platform answered with another video (${externalId})` };
}

/** Whether all that the item says of itself names the same video: a mixed-up item names several. */
function isConsistent(platform: Platform, item: ReadItem, externalId: string): boolean {
  const own = item.ownUrls.map((url) => externalIdOf(platform, url)).filter((id) => id !== null);
  return own.length > 0 && own.every((id) => id === externalId);
}

function firstWanted(platform: Platform, wanted: ReadonlySet<string>, urls: readonly string[]): string | null {
  return urls.map((url) => externalIdOf(platform, url)).find((id) => id !== null && wanted.has(id)) ?? null;
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

const WEIGHT: Record<VideoOutcome['kind'], number> = {
  found: 3,
  private: 2,
  not_found: 1,
  unknown: 0,
  absent: 0,
  other: 0,
};

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
