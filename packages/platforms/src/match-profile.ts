import type { ProfileItem } from '#src/apify/profile-adapter.ts';
import type { ProfileAnswer } from '#src/profile-port.ts';

/**
 * What items say of the account that was asked for. One that shows another account says nothing of it. A shown account
 * stands above every error beside it; items that disagree about its id prove nothing.
 */
export function matchProfile(handle: string, items: readonly ProfileItem[]): ProfileAnswer {
  const wanted = handle.toLowerCase();
  const shown = items.flatMap((item) =>
    item.kind === 'found' && item.profile.handle.toLowerCase() === wanted ? [item.profile] : [],
  );
  const [profile] = shown;
  if (profile !== undefined) {
    const isOne = shown.every(({ externalId }) => externalId === profile.externalId);
    return isOne
      ? { kind: 'found', profile }
      : { kind: 'unknown', reason: 'the answer shows several accounts of that handle', retryAfterMs: null };
  }
  const missing = items.find((item) => item.kind === 'not_found');
  const isAnswered = items.every((item) => item.kind !== 'unknown');
  if (missing?.kind === 'not_found' && isAnswered) return { kind: 'not_found', reason: missing.reason };
  const [first] = items;
  const reason =
    first === undefined
      ? 'the answer is empty'
      : first.kind === 'found'
        ? 'the answer is about another account'
        : first.reason;
  return { kind: 'unknown', reason, retryAfterMs: null };
}
