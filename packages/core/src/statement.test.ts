import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earnedMicros, type FrozenTerms } from '#src/earnings.ts';
import { micros, parseMicros, ZERO_MICROS } from '#src/money.ts';
import { creditArithmetic } from '#src/statement.ts';

const TERMS: FrozenTerms = {
  metric: 'plays',
  initialViews: 1_000n,
  ratePer1000Micros: parseMicros('2'),
  capMicros: null,
  minViews: 0n,
  carriedMicros: ZERO_MICROS,
};

describe('what a credit is made of', () => {
  it('is what was earned in all, less what was credited before', () => {
    const credit = { views: 12_500n, creditedBeforeMicros: parseMicros('18'), creditMicros: parseMicros('5') };
    expect(creditArithmetic(TERMS, credit)).toEqual({
      growth: 11_500n,
      earnedMicros: parseMicros('23'),
      owedMicros: parseMicros('5'),
      beyondMicros: ZERO_MICROS,
      beyondViews: 0n,
      creditedAfterMicros: parseMicros('23'),
    });
  });

  it('shows the views that the budget had nothing left for', () => {
    const credit = { views: 12_500n, creditedBeforeMicros: parseMicros('18'), creditMicros: parseMicros('1.5') };
    expect(creditArithmetic(TERMS, credit)).toMatchObject({ beyondMicros: parseMicros('3.5'), beyondViews: 1_750n });
  });

  it('counts no view beyond the budget that would have been beyond the cap', () => {
    const terms = { ...TERMS, capMicros: parseMicros('20') };
    const credit = { views: 90_000n, creditedBeforeMicros: parseMicros('18'), creditMicros: parseMicros('1') };
    expect(creditArithmetic(terms, credit)).toMatchObject({ beyondMicros: parseMicros('1'), beyondViews: 500n });
  });

  it('adds up to the micro, whatever the terms', () => {
    const amounts = fc.record({
      initialViews: fc.bigInt(0n, 1_000_000n),
      rate: fc.bigInt(1n, 50_000_000n),
      cap: fc.option(fc.bigInt(1n, 900_000_000n)),
      minViews: fc.bigInt(0n, 5_000n),
      first: fc.bigInt(0n, 500_000n),
      more: fc.bigInt(0n, 500_000n),
      share: fc.bigInt(0n, 100n),
    });
    fc.assert(
      fc.property(amounts, ({ initialViews, rate, cap, minViews, first, more, share }) => {
        const terms: FrozenTerms = {
          ...TERMS,
          initialViews,
          minViews,
          ratePer1000Micros: micros(rate),
          capMicros: cap === null ? null : micros(cap),
        };
        const creditedBeforeMicros = earnedMicros(terms, initialViews + first);
        const views = initialViews + first + more;
        const owed = earnedMicros(terms, views) - creditedBeforeMicros;
        const creditMicros = micros((owed * share) / 100n);
        const line = creditArithmetic(terms, { views, creditedBeforeMicros, creditMicros });
        expect(line.beyondMicros + creditMicros).toBe(line.owedMicros);
        expect(line.beyondViews).toBeLessThanOrEqual(line.growth);
        if (creditMicros === line.owedMicros) expect(line.beyondViews).toBe(0n);
      }),
    );
  });
});
