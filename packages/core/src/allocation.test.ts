import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type Claim } from '#src/allocation.ts';
import { asId, type ClipId } from '#src/id.ts';
import { MAX_MICROS, micros, minMicros } from '#src/money.ts';

const clipId = (n: number) => asId<ClipId>(`00000000-0000-7000-8000-${n.toString().padStart(12, '0')}`);
const claims = (...owed: bigint[]): Claim[] =>
  owed.map((each, index) => ({ clipId: clipId(index), owedMicros: micros(each) }));
const credits = (left: bigint, list: Claim[]) => allocate(micros(left), list).map((share) => share.creditMicros);

describe('what is left of a budget', () => {
  it.each<[string, bigint, bigint[], bigint[]]>([
    ['pays all when it is enough', 10n, [4n, 6n], [4n, 6n]],
    ['pays all when it is more than enough', 99n, [4n, 6n], [4n, 6n]],
    ['is shared pro rata when it is not', 50n, [30n, 70n], [15n, 35n]],
    ['gives the micro left over to the largest remainder', 10n, [1n, 5n, 8n], [1n, 3n, 6n]],
    ['gives it to the smallest clip id when remainders are equal', 2n, [1n, 1n, 1n], [1n, 1n, 0n]],
    ['gives nothing to a claim of nothing', 1n, [0n, 1n, 1n], [0n, 1n, 0n]],
    ['may be nothing', 0n, [5n, 6n], [0n, 0n]],
    ['may meet no claim', 5n, [], []],
  ])('%s', (_, left, owed, expected) => {
    expect(credits(left, claims(...owed))).toEqual(expected);
  });

  it('is shared alike in whatever order the claims come, equal ones too', () => {
    const some = fc.array(fc.bigInt(0n, 3n), { minLength: 2, maxLength: 12 }).chain((owed) => {
      const list = claims(...owed);
      return fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.bigInt(0n, 20n));
    });
    fc.assert(
      fc.property(some, ([list, shuffled, left]) => {
        const byId = new Map(allocate(micros(left), list).map((share) => [share.clipId, share.creditMicros]));
        for (const share of allocate(micros(left), shuffled)) expect(share.creditMicros).toBe(byId.get(share.clipId));
      }),
    );
    expect(credits(2n, claims(1n, 1n, 1n).toReversed())).toEqual([0n, 1n, 1n]);
  });

  it('is shared exactly among the largest claims there can be', () => {
    const owed = Array<bigint>(3).fill(MAX_MICROS);
    expect(credits(MAX_MICROS, claims(...owed))).toEqual(Array<bigint>(3).fill(MAX_MICROS / 3n));
  });

  it('is never negative, and a clip claims once', () => {
    expect(() => allocate(micros(-1n), [])).toThrow('not negative');
    expect(() => allocate(micros(1n), claims(-1n))).toThrow('nothing owed is negative');
    expect(() => allocate(micros(1n), [...claims(1n), ...claims(1n)])).toThrow('a clip claims once');
  });

  it('never gives a clip a whole micro more or less than its exact part', () => {
    const someOwed = fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(someOwed, fc.bigInt(0n, 10n ** 12n), (owed, left) => {
        const total = owed.reduce((sum, each) => sum + each, 0n);
        const shares = credits(left, claims(...owed));
        expect(shares.reduce((sum, each) => sum + each, 0n)).toBe(minMicros(micros(left), micros(total)));
        shares.forEach((share, index) => {
          const claim = owed[index] ?? 0n;
          expect(share).toBeLessThanOrEqual(claim);
          if (total <= left) return;
          expect(share * total).toBeLessThan(left * claim + total);
          expect(share * total).toBeGreaterThan(left * claim - total);
        });
      }),
    );
  });
});
