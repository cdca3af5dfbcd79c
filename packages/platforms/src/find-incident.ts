import type { VideoResult } from '#src/port.ts';

/** Fewer unknown videos than this say nothing about a platform. */
const UNKNOWN_MIN = 3;

/**
 * Tells a platform's trouble from its videos': when at least half of a batch (and no fewer than three videos) came back
 * unknown, the platform is what is wrong, and no video is to be blamed.
 */
export function findIncident(results: readonly VideoResult[]): string | null {
  const unknown = results.filter(({ outcome }) => outcome.kind === 'unknown').length;
  if (unknown < UNKNOWN_MIN || unknown * 2 < results.length) return null;
  return `${unknown} of ${results.length} videos came back unknown (${mostFrequentReason(results)})`;
}

function mostFrequentReason(results: readonly VideoResult[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of results) {
    if (outcome.kind === 'unknown') counts.set(outcome.reason, (counts.get(outcome.reason) ?? 0) + 1);
  }
  const [first] = [...counts].toSorted(([, a], [, b]) => b - a);
  return first === undefined ? 'no reason given' : first[0];
}
