import { describe, expect, test } from 'vitest';
import { CURVE_KINDS, drawCurve, drawCurveKind, viewsOnCurve } from '#src/curve.ts';
import { seededRandom } from '#src/random.ts';

const HOURS = Array.from({ length: 6_000 }, (_, index) => index / 20);

describe.each(CURVE_KINDS)('a %s curve', (kind) => {
  const curves = Array.from({ length: 20 }, (_, index) => drawCurve(kind, seededRandom('curve', kind, index)));

  test('starts at nothing', () => {
    for (const curve of curves) expect(viewsOnCurve(curve, 0, 0.3)).toBeCloseTo(0, 6);
  });

  test(kind === 'purge' ? 'falls exactly once' : 'never falls', () => {
    for (const [index, curve] of curves.entries()) {
      const views = HOURS.map((hour) => viewsOnCurve(curve, hour, index / curves.length));
      const falls = views.filter((view, at) => at > 0 && view < (views[at - 1] ?? 0) - 1e-6);
      expect(falls).toHaveLength(kind === 'purge' ? 1 : 0);
    }
  });
});

test('most videos stay small and some take off', () => {
  const finals = Array.from({ length: 2_000 }, (_, index) => {
    const random = seededRandom('world', index);
    return viewsOnCurve(drawCurve(drawCurveKind(random), random), 24 * 14, 0.5);
  }).sort((a, b) => a - b);
  expect(finals[1_000]).toBeLessThan(10_000);
  expect(finals[1_900]).toBeGreaterThan(100_000);
});

test('an evergreen still moves after a month', () => {
  const curve = { kind: 'steady', viewsPerHour: 100 } as const;
  expect(viewsOnCurve(curve, 721, 0.2) - viewsOnCurve(curve, 720, 0.2)).toBeGreaterThan(10);
});
