import type { VideoOutcome, VideoResult } from '#src/port.ts';

/** Fewer unknown videos than this say nothing about a platform. */
const UNKNOWN_MIN = 3;

/**
 * Tells a platform's trouble from its videos': when at least half of a batch (and no fewer than three videos) came back
 * unknown, the platform is what is wrong, and no video is to be blamed. Addresses that all lead to one and the same other
 * video are unknown too: that is how a platform shows a page of its own in place of many.
 */
export function findIncident(results: readonly VideoResult[]): string | null {
  const reasons = unknownReasons(results);
  if (reasons.length < UNKNOWN_MIN || reasons.length * 2 < results.length) return null;
  return `${reasons.length} of ${results.length} videos came back unknown (${mostFrequent(reasons)})`;
}

/** Whether nothing was said of the video. */
export function isNoAnswer(outcome: VideoOutcome): boolean {
  return outcome.kind === 'unknown' || outcome.kind === 'absent';
}

function unknownReasons(results: readonly VideoResult[]): string[] {
  const leadingTo = new Map<string, number>();
  for (const { outcome } of results) {
    if (outcome.kind === 'other') leadingTo.set(outcome.externalId, (leadingTo.get(outcome.externalId) ?? 0) + 1);
  }
  return results.flatMap(({ outcome }) => {
    if (outcome.kind === 'other') return (leadingTo.get(outcome.externalId) ?? 0) > 1 ? [outcome.reason] : [];
    return outcome.kind === 'unknown' || outcome.kind === 'absent' ? [outcome.reason] : [];
  });
}

function mostFrequent(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const [first] = [...counts].toSorted(([, a], [, b]) => b - a);
  return first === undefined ? 'no reason given' : first[0];
}
