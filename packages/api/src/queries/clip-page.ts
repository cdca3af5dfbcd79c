import type { FrozenTerms } from '@clipmeter/core/earnings';
import { formatDecimal, ZERO_MICROS } from '@clipmeter/core/money';
import { creditArithmetic } from '@clipmeter/core/statement';
import { microsFromNumeric } from '@clipmeter/db/micros-column';
import type { ClipRow } from '@clipmeter/db/read-clips';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { readReversals } from '@clipmeter/db/read-statement';
import type { SignedInContext } from '#src/context.ts';
import type { CHART_RANGES } from '#src/output/chart.ts';
import { toOwnClip } from '#src/output/clip-row.ts';
import { ownChart } from '#src/queries/own-chart.ts';
import { visibleClip } from '#src/queries/visible-clip.ts';

/** One clip: how it stands, what it earned, what was taken back. */
export function clipPage({ pool, viewer }: SignedInContext, { id }: { id: string }) {
  return readSnapshot(pool, async (tx) => {
    const clip = await visibleClip(tx, viewer, id);
    const reversals = await readReversals(tx, id);
    return {
      clip: toOwnClip(clip, viewer),
      ...earnedOf(clip),
      reversals: reversals.map(({ fromKind, at, ...row }) => ({ ...row, from: fromKind, at: at.toISOString() })),
    };
  });
}

/** What its count has earned by its terms and, if the budget ended before, how much of that is not paid. */
function earnedOf(clip: ClipRow) {
  const terms = termsOf(clip);
  if (terms === null) return { earned: null, beyond: null };
  const arithmetic = creditArithmetic(terms, {
    views: BigInt(clip.views),
    creditedBeforeMicros: microsFromNumeric(clip.credited),
    creditMicros: ZERO_MICROS,
  });
  const isOut = clip.campaignCompletionReason === 'BUDGET' && clip.status === 'APPROVED';
  return {
    earned: formatDecimal(arithmetic.earnedMicros),
    beyond:
      isOut && arithmetic.beyondMicros > 0n
        ? { views: Number(arithmetic.beyondViews), amount: formatDecimal(arithmetic.beyondMicros) }
        : null,
  };
}

function termsOf({ terms, metric, initialViews }: ClipRow): FrozenTerms | null {
  if (terms === null || metric === null || initialViews === null) return null;
  return {
    metric,
    initialViews: BigInt(initialViews),
    ratePer1000Micros: microsFromNumeric(terms.ratePer1000),
    capMicros: terms.cap === null ? null : microsFromNumeric(terms.cap),
    minViews: BigInt(terms.minViews),
    carriedMicros: microsFromNumeric(terms.carried),
  };
}

/** Views and earnings of one clip over time. */
export function clipChart(
  { pool, viewer, now }: SignedInContext,
  { id, range }: { id: string; range: (typeof CHART_RANGES)[number] },
) {
  return readSnapshot(pool, async (tx) => {
    await visibleClip(tx, viewer, id);
    return ownChart(tx, { scope: { submissionId: id }, range, now: now() });
  });
}
