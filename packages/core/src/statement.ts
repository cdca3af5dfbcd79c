import { earnedMicros, type FrozenTerms } from '#src/earnings.ts';
import { invariant } from '#src/invariant.ts';
import { addMicros, type Micros, subtractMicros, ZERO_MICROS } from '#src/money.ts';

/** One credit as its statement explains it. */
export interface CreditArithmetic {
  /** Growth since the baseline. */
  readonly growth: bigint;
  /** What the clip had earned in all at this count, by its terms. */
  readonly earnedMicros: Micros;
  /** Earned, less what was credited before. */
  readonly owedMicros: Micros;
  /** Owed and not credited: the budget had no more. */
  readonly beyondMicros: Micros;
  /** The views that nothing was left for. */
  readonly beyondViews: bigint;
  readonly creditedAfterMicros: Micros;
}

/** Why a read was credited what it was: owed = credited + beyond, to the micro. */
export function creditArithmetic(
  terms: FrozenTerms,
  { views, creditedBeforeMicros, creditMicros }: { views: bigint; creditedBeforeMicros: Micros; creditMicros: Micros },
): CreditArithmetic {
  invariant(creditMicros >= 0n && creditedBeforeMicros >= 0n, 'a credit is not negative');
  const growth = views > terms.initialViews ? views - terms.initialViews : 0n;
  const earned = earnedMicros(terms, views);
  const owedMicros = earned > creditedBeforeMicros ? subtractMicros(earned, creditedBeforeMicros) : ZERO_MICROS;
  const creditedAfterMicros = addMicros(creditedBeforeMicros, creditMicros);
  const beyondMicros = owedMicros > creditMicros ? subtractMicros(owedMicros, creditMicros) : ZERO_MICROS;
  return {
    growth,
    earnedMicros: earned,
    owedMicros,
    beyondMicros,
    beyondViews: beyondMicros === 0n ? 0n : unpaidViews(terms, growth, creditedAfterMicros),
    creditedAfterMicros,
  };
}

/** Growth that the credits do not pay for. A view that is paid in part counts as paid. */
function unpaidViews(terms: FrozenTerms, growth: bigint, creditedMicros: Micros): bigint {
  const paidMicros = creditedMicros > terms.carriedMicros ? creditedMicros - terms.carriedMicros : 0n;
  const paid = (paidMicros * 1_000n + terms.ratePer1000Micros - 1n) / terms.ratePer1000Micros;
  // At a cap not every view of the growth was owed for.
  const owedGrowth =
    terms.capMicros === null ? growth : minGrowth(growth, terms.capMicros - terms.carriedMicros, terms);
  return owedGrowth > paid ? owedGrowth - paid : 0n;
}

/** The growth, or what of it reaches the cap. */
function minGrowth(growth: bigint, toCapMicros: bigint, { ratePer1000Micros }: FrozenTerms): bigint {
  const toCap = (toCapMicros * 1_000n + ratePer1000Micros - 1n) / ratePer1000Micros;
  return toCap > growth ? growth : toCap;
}
