import { CLIPS_PER_CLIPPER, campaignOf, fixtureId, INITIAL_VIEWS } from './clip-fixture.ts';

/** One clip's next read: what it had, what it has now, and what that earns. */
export interface ClipRead {
  readonly clipId: string;
  readonly submissionId: string;
  readonly userId: string;
  readonly campaignId: string;
  readonly budgetAccountId: string;
  readonly pendingAccountId: string;
  readonly views: bigint;
  readonly creditMicros: bigint;
  readonly earningsMicros: bigint;
}

/** $2 for 1,000 views. */
const MICROS_PER_VIEW = 2_000n;

/**
 * Deals out the next reads of a fixture's clips: whole clippers, scattered over the tables, as clips fall due in an order
 * that has nothing to do with where their rows are. Every read finds more views than the last.
 */
export function createClipReads(clips: number, kind: 'few' | 'many') {
  const clippers = clips / CLIPS_PER_CLIPPER;
  const half = clippers / 2;
  const first = kind === 'few' ? 0 : half;
  const step = coprimeNear(half * 0.618, half);
  const views = new Map<number, bigint>();
  let turn = 0;

  function readOf(clip: number): ClipRead {
    const clipper = Math.floor(clip / CLIPS_PER_CLIPPER);
    const campaign = campaignOf(clipper, clippers);
    const before = views.get(clip) ?? BigInt(INITIAL_VIEWS);
    const after = before + 1_000n + BigInt(clip % 100);
    views.set(clip, after);
    return {
      clipId: fixtureId('clip', clip),
      submissionId: fixtureId('submission', clip),
      userId: fixtureId('user', clipper),
      campaignId: fixtureId('campaign', campaign),
      budgetAccountId: fixtureId('budget', campaign),
      pendingAccountId: fixtureId('pending', clipper),
      views: after,
      creditMicros: (after - before) * MICROS_PER_VIEW,
      earningsMicros: (after - BigInt(INITIAL_VIEWS)) * MICROS_PER_VIEW,
    };
  }

  return {
    next(count: number): ClipRead[] {
      const reads: ClipRead[] = [];
      while (reads.length < count) {
        const clipper = first + ((turn * step) % half);
        turn += 1;
        for (let i = 0; i < CLIPS_PER_CLIPPER; i += 1) reads.push(readOf(clipper * CLIPS_PER_CLIPPER + i));
      }
      return reads.slice(0, count);
    },
  };
}

export type ClipReads = ReturnType<typeof createClipReads>;

function coprimeNear(wanted: number, modulus: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let n = Math.max(1, Math.floor(wanted));
  while (divisor(n, modulus) !== 1) n += 1;
  return n;
}
