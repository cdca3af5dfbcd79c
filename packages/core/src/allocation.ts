import type { ClipId } from '#src/id.ts';
import { invariant } from '#src/invariant.ts';
import { type Micros, micros } from '#src/money.ts';

export interface Claim {
  clipId: ClipId;
  owedMicros: Micros;
}

export interface Share {
  clipId: ClipId;
  creditMicros: Micros;
}

/**
 * Pays every claim in full if enough is left, and otherwise shares what is left pro rata to the claims: each gets the
 * whole micros of its part, and the micros that rounding leaves over go one by one to the largest remainders, ties to
 * the smaller clip id. The shares sum to min(left, sum of claims) to the micro, and no share exceeds its claim.
 *
 * Shares come in the order of the claims; who gets what does not depend on it.
 */
export function allocate(leftMicros: Micros, claims: readonly Claim[]): Share[] {
  invariant(leftMicros >= 0n, 'what is left of a budget is not negative');
  invariant(new Set(claims.map((claim) => claim.clipId)).size === claims.length, 'a clip claims once');
  let owedTotal = 0n; // a plain bigint: the sum of claims may be more than an account can hold
  for (const { owedMicros } of claims) {
    invariant(owedMicros >= 0n, 'nothing owed is negative');
    owedTotal += owedMicros;
  }
  if (owedTotal <= leftMicros) return claims.map(({ clipId, owedMicros }) => ({ clipId, creditMicros: owedMicros }));
  return shareProRata(leftMicros, claims, owedTotal);
}

function shareProRata(leftMicros: Micros, claims: readonly Claim[], owedTotal: bigint): Share[] {
  const parts = claims.map(({ clipId, owedMicros }) => {
    const product = leftMicros * owedMicros;
    return { clipId, whole: product / owedTotal, remainder: product % owedTotal };
  });
  let over: bigint = leftMicros;
  for (const { whole } of parts) over -= whole;

  // Each remainder is below owedTotal and together they are over × owedTotal, so at least `over` of them are above
  // zero: a claim of nothing, whose remainder is zero, gets none of the micros left over.
  const byRemainder = parts.toSorted((a, b) => {
    if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
    return a.clipId < b.clipId ? -1 : 1;
  });
  const luckier = new Set(byRemainder.slice(0, Number(over)).map((part) => part.clipId));
  return parts.map(({ clipId, whole }) => ({ clipId, creditMicros: micros(luckier.has(clipId) ? whole + 1n : whole) }));
}
