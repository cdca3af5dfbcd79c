import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros, minMicros, parseMicros, ZERO_MICROS } from '#src/money.ts';
import { nextReadPrice, paceRoomMicros, type SpendingDay, spendingLineMicros } from '#src/spending-pace.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY = 24 * HOUR;
const FULL = { minimumChargeMicros: ZERO_MICROS, isFull: true };

const amount = (most: bigint) => fc.bigInt({ min: 0n, max: most }).map(micros);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const someDay: fc.Arbitrary<SpendingDay> = fc.record({
  limitMicros: amount(10_000_000_000n),
  spentMicros: amount(20_000_000_000n),
  readsMicros: amount(20_000_000_000n),
  dayShare: share,
  lastRunShare: share,
});

describe('the pace of a day', () => {
  const day = (dayShare: number, spent: string): SpendingDay => {
    const spentMicros = parseMicros(spent);
    return { limitMicros: parseMicros('24'), spentMicros, readsMicros: spentMicros, dayShare, lastRunShare: dayShare };
  };

  it('draws a line from nothing at midnight to the limit at the next', () => {
    expect(spendingLineMicros(day(0, '0'))).toBe(0n);
    expect(spendingLineMicros(day(0.25, '0'))).toBe(parseMicros('6'));
    expect(spendingLineMicros(day(1, '0'))).toBe(parseMicros('24'));
  });

  it('allows what is behind the line and a twentieth of the limit', () => {
    expect(paceRoomMicros(day(0.5, '10'), FULL)).toBe(parseMicros('3.2'));
    expect(paceRoomMicros(day(0.5, '13.2'), FULL)).toBe(0n);
    expect(paceRoomMicros(day(0.5, '20'), FULL)).toBe(0n);
  });

  it('always allows one run of the least charge on the line, or a small limit would start none', () => {
    const dear = { minimumChargeMicros: parseMicros('5'), isFull: true };
    expect(paceRoomMicros(day(0, '0'), dear)).toBe(parseMicros('5'));
    expect(paceRoomMicros(day(1, '23'), dear)).toBe(parseMicros('1'));
  });

  it('allows a run that is billed more than its reads only on the line', () => {
    const sparse = { minimumChargeMicros: parseMicros('5'), isFull: false };
    expect(paceRoomMicros(day(0.5, '12'), sparse)).toBe(parseMicros('5'));
    expect(paceRoomMicros(day(0.5, '12.1'), sparse)).toBe(0n);
  });

  it('ahead of the line spreads what is left over the time that is left', () => {
    const ahead = { ...day(0.5, '20'), lastRunShare: 0 };
    expect(paceRoomMicros(ahead, FULL)).toBe(parseMicros('2'));
    expect(paceRoomMicros({ ...ahead, lastRunShare: 0.25 }, { ...FULL, isFull: false })).toBe(1_333_332n);
    expect(paceRoomMicros({ ...ahead, dayShare: 1 }, FULL)).toBe(parseMicros('4'));
  });

  it('never allows more than is left of the limit, nor less than nothing', () => {
    fc.assert(
      fc.property(someDay, amount(1_000_000n), fc.boolean(), (at, minimumChargeMicros, isFull) => {
        const room = paceRoomMicros(at, { minimumChargeMicros, isFull });
        expect(room >= 0n).toBe(true);
        expect(room === 0n || at.spentMicros + room <= at.limitMicros).toBe(true);
      }),
    );
  });

  it('is kept whatever runs come at whatever times', () => {
    const runs = fc.array(fc.tuple(share, amount(5_000_000n)), { maxLength: 60 });
    fc.assert(
      fc.property(amount(20_000_000n), amount(1_000_000n), runs, (limitMicros, minimum, wanted) => {
        let [spentMicros, lastRunShare] = [ZERO_MICROS, 0];
        for (const [dayShare, cost] of wanted.toSorted(([a], [b]) => a - b)) {
          const at = { limitMicros, spentMicros, readsMicros: spentMicros, dayShare, lastRunShare };
          const room = paceRoomMicros(at, { minimumChargeMicros: minimum, isFull: cost > minimum });
          spentMicros = micros(spentMicros + minMicros(cost, room));
          if (room > 0n) lastRunShare = dayShare;
          const allowance = limitMicros / 20n > minimum ? limitMicros / 20n : minimum;
          // A millionth of the limit is as exact as a part of the day is.
          expect(spentMicros <= spendingLineMicros(at) + allowance + limitMicros / 1_000_000n + 1n).toBe(true);
          expect(spentMicros <= limitMicros).toBe(true);
        }
      }),
    );
  });
});

describe('the price of a read', () => {
  const dear = fc.double({ min: 1, max: 22_000, noNaN: true });

  it('is never below its cost, finite, and no lower the further reads are ahead', () => {
    fc.assert(
      fc.property(
        dear,
        someDay,
        amount(1_000_000n),
        fc.integer({ min: -HOUR, max: 90 * DAY }),
        (learned, at, more, ms) => {
          const now = nextReadPrice(learned, at, ms);
          const further = {
            ...at,
            spentMicros: micros(at.spentMicros + more),
            readsMicros: micros(at.readsMicros + more),
          };
          const then = nextReadPrice(learned, further, ms);
          for (const { price, learned: kept } of [now, then]) {
            expect(price >= 1 && kept >= 1 && price <= 22_000 && kept <= 22_001).toBe(true);
          }
          expect(then.price >= now.price && then.learned >= now.learned).toBe(true);
        },
      ),
    );
  });

  it('stays at its cost while the limit does not bind', () => {
    fc.assert(
      fc.property(share, share, (dayShare, part) => {
        const spentMicros = micros(BigInt(Math.floor(dayShare * part * 1e6)));
        const at = {
          limitMicros: micros(1_000_000n),
          spentMicros,
          readsMicros: spentMicros,
          dayShare,
          lastRunShare: 0,
        };
        expect(nextReadPrice(1, at, MINUTE)).toEqual({ learned: 1, price: 1 });
      }),
    );
  });

  it('is not raised by minimum charges: dearer reads would only make such runs emptier', () => {
    const at = {
      limitMicros: micros(1_000_000n),
      spentMicros: micros(900_000n),
      readsMicros: micros(1_000n),
      dayShare: 0.5,
      lastRunShare: 0,
    };
    expect(nextReadPrice(1, at, MINUTE)).toEqual({ learned: 1, price: 1 });
  });

  it('learns nothing from a standstill but its last minutes, and nothing from a clock that went back', () => {
    const at = {
      limitMicros: micros(1_000_000n),
      spentMicros: micros(600_000n),
      readsMicros: micros(600_000n),
      dayShare: 0.5,
      lastRunShare: 0,
    };
    expect(nextReadPrice(4, at, 10 * HOUR)).toEqual(nextReadPrice(4, at, 10 * MINUTE));
    expect(nextReadPrice(4, at, -HOUR).learned).toBeCloseTo(4);
  });

  /** Reads as a platform's clips ask for them: half as many at four times the price. */
  function simulateDays(demandOfLimit: (dayShare: number) => number, days: number) {
    const limitMicros = micros(1_000_000_000n);
    let learned = 1;
    const hours: number[] = [];
    for (let day = 0; day < days; day += 1) {
      let spent = 0;
      for (let minute = 0; minute < 1_440; minute += 1) {
        const dayShare = minute / 1_440;
        const spentMicros = micros(BigInt(Math.floor(spent)));
        const at = { limitMicros, spentMicros, readsMicros: spentMicros, dayShare, lastRunShare: dayShare };
        const next = nextReadPrice(learned, at, MINUTE);
        learned = next.learned;
        const wanted = (demandOfLimit(dayShare) * Number(limitMicros)) / 1_440 / Math.sqrt(next.price);
        const cost = Math.floor(Math.min(wanted, Number(paceRoomMicros(at, FULL))));
        spent += cost;
        const hour = day * 24 + Math.floor(minute / 60);
        hours[hour] = (hours[hour] ?? 0) + cost / Number(limitMicros);
      }
      expect(spent).toBeLessThanOrEqual(Number(limitMicros));
    }
    return hours;
  }

  it.each([1.2, 2, 10, 50])('spreads a demand of %d times the limit evenly once it has learned', (demand) => {
    const fourth = simulateDays(() => demand, 4).slice(72);
    for (const hour of fourth) expect(hour).toBeCloseTo(1 / 24, 2);
    expect(fourth.reduce((sum, hour) => sum + hour)).toBeGreaterThan(0.97);
  });

  it('leaves no hour without reads when evenings ask for four times as much as mornings', () => {
    const hours = simulateDays((dayShare) => 2.5 - 1.5 * Math.cos(2 * Math.PI * dayShare), 3);
    for (const hour of hours) expect(hour).toBeGreaterThan(0.5 / 24);
  });

  it('reads everything that half the limit pays for', () => {
    const hours = simulateDays(() => 0.5, 1);
    for (const hour of hours) expect(hour).toBeCloseTo(0.5 / 24, 5);
  });
});
