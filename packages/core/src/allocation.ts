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
 * What all shares of one decision follow from, each from its own claim alone: so that many claims can be decided at once
 * and paid in parts.
 */
export interface ShareRule {
  readonly leftMicros: Micros;
  /** A plain bigint: the sum of claims may be more than an account can hold. */
  readonly owedTotal: bigint;
  /** The last of those that get one of the micros that rounding leaves over; null if there are none. */
  readonly lastLucky: { readonly remainder: bigint; readonly clipId: ClipId } | null;
}

/**
 * Pays every claim in full if enough is left, and otherwise shares what is left pro rata to the claims: each gets the
 * whole micros of its part, and the micros that rounding leaves over go one by one to the largest remainders, ties to
 * the smaller clip id. The shares sum to min(left, sum of claims) to the micro, and no share exceeds its claim.
 *
 * Shares come in the order of the claims; who gets what does not depend on it.
 */
export function allocate(leftMicros: Micros, claims: readonly Claim[]): Share[] {
  const rule = shareRule(leftMicros, claims);
  return claims.map((claim) => ({ clipId: claim.clipId, creditMicros: shareOf(rule, claim) }));
}

/** Decides the shares of these claims, which are all there are. */
export function shareRule(leftMicros: Micros, claims: readonly Claim[]): ShareRule {
  invariant(leftMicros >= 0n, 'what is left of a budget is not negative');
  invariant(new Set(claims.map((claim) => claim.clipId)).size === claims.length, 'a clip claims once');
  let owedTotal = 0n;
  for (const { owedMicros } of claims) {
    invariant(owedMicros >= 0n, 'nothing owed is negative');
    owedTotal += owedMicros;
  }
  if (owedTotal <= leftMicros) return { leftMicros, owedTotal, lastLucky: null };
  let over: bigint = leftMicros;
  const parts = claims.map(({ clipId, owedMicros }) => {
    const product = leftMicros * owedMicros;
    over -= product / owedTotal;
    return { clipId, remainder: product % owedTotal };
  });
  // Each remainder is below owedTotal and together they are over × owedTotal, so at least `over` of them are above
  // zero: a claim of nothing, whose remainder is zero, gets none of the micros left over.
  return { leftMicros, owedTotal, lastLucky: over === 0n ? null : luckiest(parts, Number(over)) };
}

interface Part {
  readonly clipId: ClipId;
  readonly remainder: bigint;
}

const isLuckier = (a: Part, b: Part): boolean =>
  a.remainder === b.remainder ? a.clipId < b.clipId : a.remainder > b.remainder;

/** The nth of the parts in their order, in linear time: sorting a hundred thousand would stop a process for a second. */
function luckiest(parts: readonly Part[], nth: number): Part {
  let rest = parts;
  for (let wanted = nth; ; ) {
    const pivot = rest[rest.length >> 1];
    invariant(pivot !== undefined, 'there are as many parts as lucky ones');
    const before = rest.filter((part) => isLuckier(part, pivot));
    if (wanted === before.length + 1) return pivot;
    if (wanted > before.length) {
      wanted -= before.length + 1;
      rest = rest.filter((part) => isLuckier(pivot, part));
    } else rest = before;
  }
}

/** The share of one of the claims that the rule was made from. */
export function shareOf({ leftMicros, owedTotal, lastLucky }: ShareRule, { clipId, owedMicros }: Claim): Micros {
  if (owedTotal <= leftMicros) return owedMicros;
  const product = leftMicros * owedMicros;
  const remainder = product % owedTotal;
  const isLucky = lastLucky !== null && !isLuckier(lastLucky, { clipId, remainder });
  return micros(product / owedTotal + (isLucky ? 1n : 0n));
}
