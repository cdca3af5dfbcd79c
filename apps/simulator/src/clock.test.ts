import { expect, test } from 'vitest';
import { SimulatedClock } from '#src/clock.ts';

function clockWithHand(speed = 1) {
  let realMs = 0;
  const clock = new SimulatedClock({ speed, monotonicMs: () => realMs });
  const pass = (ms: number) => {
    realMs += ms;
  };
  return { clock, pass };
}

test('simulated time runs as many times faster as it was told', () => {
  const { clock, pass } = clockWithHand(60);
  pass(1_000);
  expect(clock.now()).toBe(60_000);
  clock.setSpeed(0);
  pass(1_000);
  expect(clock.now()).toBe(60_000);
});

test("a night's sleep of the machine does not make time jump", () => {
  const { clock, pass } = clockWithHand();
  pass(9 * 3_600_000);
  expect(clock.now()).toBeLessThanOrEqual(2_000);
  pass(1_000);
  expect(clock.now()).toBeLessThanOrEqual(3_000);
});

test('time can be sent ahead but never back', () => {
  const { clock } = clockWithHand();
  clock.advance(5_000);
  expect(clock.now()).toBe(5_000);
  expect(() => clock.advance(-1)).toThrow(RangeError);
});
