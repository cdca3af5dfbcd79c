/**
 * Real milliseconds that one reading may add. The clock is read at least every quarter of a second, so a longer gap
 * means that the machine slept, and sleep must not make views jump.
 */
const STEP_MAX_MS = 2_000;

/**
 * Simulated time: milliseconds since this simulator's world began, counted only while the process runs and the
 * machine is awake, `speed` times as fast as real time.
 */
export class SimulatedClock {
  readonly #monotonicMs: () => number;
  #nowMs: number;
  #speed: number;
  #readAtMs: number;

  constructor(options: { nowMs?: number; speed?: number; monotonicMs?: () => number } = {}) {
    this.#monotonicMs = options.monotonicMs ?? (() => performance.now());
    this.#nowMs = options.nowMs ?? 0;
    this.#speed = options.speed ?? 1;
    this.#readAtMs = this.#monotonicMs();
  }

  /** Simulated milliseconds since the world began. */
  now(): number {
    const readAtMs = this.#monotonicMs();
    const elapsedMs = Math.min(Math.max(0, readAtMs - this.#readAtMs), STEP_MAX_MS);
    this.#readAtMs = readAtMs;
    this.#nowMs += elapsedMs * this.#speed;
    return this.#nowMs;
  }

  get speed(): number {
    return this.#speed;
  }

  /** From now on `speed` simulated seconds pass in a real one; 0 stops the clock. */
  setSpeed(speed: number): void {
    this.now();
    this.#speed = speed;
  }

  /** Jumps ahead, for tests and demonstrations. Time never goes back. */
  advance(byMs: number): void {
    if (byMs < 0) throw new RangeError('simulated time never goes back');
    this.#nowMs = this.now() + byMs;
  }

  /** Goes on where an earlier process stopped. */
  resumeAt(nowMs: number): void {
    this.now();
    this.#nowMs = nowMs;
  }
}
