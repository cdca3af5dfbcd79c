import { z } from 'zod';
import { logUniform, type Random } from '#src/random.ts';

const count = z.number().min(0).max(1e12);
const hours = z.number().positive().max(100_000);

/** How a video's views grow. Every kind but `purge` only ever rises. */
export const curveSchema = z.discriminatedUnion('kind', [
  /** Nobody watches any more. */
  z.object({ kind: z.literal('flat') }),
  /** An evergreen: about the same number of views every hour, for ever. */
  z.object({ kind: z.literal('steady'), viewsPerHour: count }),
  /** The usual fate: half of all views come within the half-life, then it fades. */
  z.object({ kind: z.literal('small'), finalViews: count, halfLifeHours: hours }),
  /** Sleeps for a while, takes off along an S, then keeps a long tail. */
  z.object({ kind: z.literal('takeoff'), finalViews: count, startHours: hours, riseHours: hours }),
  /** Rises, stands still, and is discovered a second time. */
  z.object({ kind: z.literal('plateau'), finalViews: count, halfLifeHours: hours, secondWaveHours: hours }),
  /** Grows like a small one until the platform takes bought views away. */
  z.object({
    kind: z.literal('purge'),
    finalViews: count,
    halfLifeHours: hours,
    purgeHours: hours,
    purgeShare: z.number().min(0).max(1),
  }),
]);

export type Curve = z.infer<typeof curveSchema>;
export type CurveKind = Curve['kind'];

export const CURVE_KINDS = ['flat', 'steady', 'small', 'takeoff', 'plateau', 'purge'] as const satisfies CurveKind[];

/** Shares of the kinds among videos nobody chose a curve for: most stay small, some take off. */
const KIND_WEIGHTS: [CurveKind, number][] = [
  ['small', 0.7],
  ['steady', 0.1],
  ['takeoff', 0.1],
  ['plateau', 0.06],
  ['purge', 0.04],
];

/** A kind drawn by its weight. */
export function drawCurveKind(random: Random): CurveKind {
  let rest = random();
  for (const [kind, weight] of KIND_WEIGHTS) {
    rest -= weight;
    if (rest < 0) return kind;
  }
  return 'small';
}

/** A believable curve of this kind. */
export function drawCurve(kind: CurveKind, random: Random): Curve {
  switch (kind) {
    case 'flat':
      return { kind };
    case 'steady':
      return { kind, viewsPerHour: Math.round(logUniform(random, 20, 4_000)) };
    case 'small':
      return { kind, finalViews: Math.round(logUniform(random, 150, 8_000)), halfLifeHours: 4 + random() * 20 };
    case 'takeoff':
      return {
        kind,
        finalViews: Math.round(logUniform(random, 80_000, 4_000_000)),
        startHours: logUniform(random, 2, 48),
        riseHours: logUniform(random, 6, 40),
      };
    case 'plateau':
      return {
        kind,
        finalViews: Math.round(logUniform(random, 10_000, 400_000)),
        halfLifeHours: 3 + random() * 8,
        secondWaveHours: 36 + random() * 96,
      };
    case 'purge':
      return {
        kind,
        finalViews: Math.round(logUniform(random, 20_000, 300_000)),
        halfLifeHours: 6 + random() * 12,
        purgeHours: 18 + random() * 60,
        purgeShare: 0.05 + random() * 0.15,
      };
  }
}

/**
 * Views on the curve at this age, not rounded. `phase` in [0, 1) sets when in its day a video is watched most, so
 * that videos do not breathe in step.
 */
export function viewsOnCurve(curve: Curve, ageHours: number, phase: number): number {
  const age = breathe(Math.max(0, ageHours), phase);
  switch (curve.kind) {
    case 'flat':
      return 0;
    case 'steady':
      return curve.viewsPerHour * age;
    case 'small':
      return curve.finalViews * saturated(age, curve.halfLifeHours);
    case 'takeoff': {
      const early = 0.002 * saturated(age, curve.startHours / 2);
      const rise = logistic(age, curve.startHours + curve.riseHours / 2, curve.riseHours / 8);
      const tailHours = Math.max(0, age - curve.startHours - curve.riseHours);
      return curve.finalViews * (early + 0.998 * rise + 0.04 * Math.log2(1 + tailHours / 24));
    }
    case 'plateau': {
      const second = logistic(age, curve.secondWaveHours, curve.halfLifeHours / 2);
      return curve.finalViews * (0.45 * saturated(age, curve.halfLifeHours) + 0.55 * second);
    }
    case 'purge': {
      const kept = age < curve.purgeHours ? 1 : 1 - curve.purgeShare;
      return curve.finalViews * saturated(age, curve.halfLifeHours) * kept;
    }
  }
}

/** Half at the half-life, three quarters at twice it, never quite all. */
function saturated(age: number, halfLifeHours: number): number {
  return 1 - 2 ** (-age / halfLifeHours);
}

/** An S from 0 to 1 around `middle`, exactly 0 at age 0 so that no video is born with views. */
function logistic(age: number, middle: number, width: number): number {
  const at = (hour: number) => 1 / (1 + Math.exp(-(hour - middle) / width));
  return Math.max(0, (at(age) - at(0)) / (1 - at(0)));
}

/**
 * Bends time by the day and by a few minutes, so that growth has its quiet and busy stretches. The amplitudes sum to
 * less than one, so bent time never runs backwards.
 */
function breathe(age: number, phase: number): number {
  const wave = (periodHours: number, amplitude: number) => {
    const turn = (2 * Math.PI) / periodHours;
    const shift = 2 * Math.PI * phase;
    return (amplitude / turn) * (Math.sin(turn * age + shift) - Math.sin(shift));
  };
  return age + wave(24, 0.45) + wave(0.37, 0.3);
}
