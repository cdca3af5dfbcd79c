/** How much may be taken at once, and how fast it comes back. */
export interface BucketLimits {
  readonly burst: number;
  readonly perSecond: number;
}

/** Something that is used up and comes back with time. Starts full. */
export class TokenBucket {
  readonly #limits: BucketLimits;
  #left: number;
  #countedAt: number;

  constructor(limits: BucketLimits, now: number) {
    this.#limits = limits;
    this.#left = limits.burst;
    this.#countedAt = now;
  }

  /** Takes so many, all or none. `now` in ms, never going back. */
  take(count: number, now: number): boolean {
    const { burst, perSecond } = this.#limits;
    this.#left = Math.min(burst, this.#left + ((now - this.#countedAt) * perSecond) / 1_000);
    this.#countedAt = now;
    if (this.#left < count) return false;
    this.#left -= count;
    return true;
  }
}
