import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earnedMicros, type FrozenTerms, maxViewsForBudget } from '#src/earnings.ts';
import { MAX_MICROS, micros, parseMicros, ZERO_MICROS } from '#src/money.ts';

const usd = parseMicros;
const terms: FrozenTerms = {
  metric: 'views',
  initialViews: 1_000n,
  ratePer1000Micros: usd('10'),
  capMicros: null,
  minViews: 0n,
  carriedMicros: ZERO_MICROS,
};

describe('what a clip has earned', () => {
  it.each<[string, Partial<FrozenTerms>, bigint, string]>([
    ['nothing at its baseline', {}, 1_000n, '0'],
    ['nothing below it', {}, 0n, '0'],
    ['by the view since the baseline', {}, 5_000n, '40'],
    ['one view at a time', {}, 1_001n, '0.01'],
    ['rounded down to the micro', { ratePer1000Micros: usd('0.0019') }, 1_001n, '0.000001'],
    ['nothing below the minimum growth', { minViews: 500n }, 1_499n, '0'],
    ['every view from the first once the minimum is reached', { minViews: 500n }, 1_500n, '5'],
    ['no more than its cap', { capMicros: usd('12') }, 5_000n, '12'],
    ['what it carried and its growth since the re-base', { carriedMicros: usd('7') }, 2_000n, '17'],
    ['what it carried, even below the minimum', { carriedMicros: usd('7'), minViews: 5_000n }, 2_000n, '7'],
    [
      'with a cap over what it carried and its growth together',
      { carriedMicros: usd('7'), capMicros: usd('12') },
      2_000n,
      '12',
    ],
  ])('%s', (_, more, views, earned) => {
    expect(earnedMicros({ ...terms, ...more }, views)).toBe(usd(earned));
  });

  it('stays within what an amount can be', () => {
    expect(earnedMicros({ ...terms, ratePer1000Micros: MAX_MICROS }, 2n ** 62n)).toBe(MAX_MICROS);
  });

  it('never falls as the views grow', () => {
    const someViews = fc.bigInt(0n, 10n ** 9n);
    const someMicros = fc.bigInt(1n, 10n ** 10n).map(micros);
    const someTerms = fc.record({
      metric: fc.constant('views' as const),
      initialViews: someViews,
      ratePer1000Micros: someMicros,
      capMicros: fc.option(someMicros),
      minViews: someViews,
      carriedMicros: someMicros,
    });
    fc.assert(
      fc.property(someTerms, someViews, someViews, (some, views, more) => {
        return earnedMicros(some, views + more) >= earnedMicros(some, views);
      }),
    );
  });
});

it('a budget pays for its views and not for one more', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(1n, 10n ** 9n), (budget, rate) => {
      const views = maxViewsForBudget(micros(budget), micros(rate));
      const at = (n: bigint) => earnedMicros({ ...terms, initialViews: 0n, ratePer1000Micros: micros(rate) }, n);
      return at(views) <= budget && at(views + 1n) > budget;
    }),
  );
});
