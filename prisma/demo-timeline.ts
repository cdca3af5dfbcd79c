import { DomainError } from '@clipmeter/core/domain-error';

/** What is done, and when, counted in hours before the demo begins. */
interface Act {
  hoursAgo: number;
  act: () => Promise<unknown>;
}

const HOUR_MS = 3_600_000;

/** A past that is made up in order: acts are given in any order and happen by their time, on a clock that stands there. */
export class Timeline {
  readonly #madeAt: Date;
  readonly #acts: Act[] = [];
  #hoursAgo = 0;

  constructor(madeAt: Date) {
    this.#madeAt = madeAt;
  }

  /** The time of the act that happens now. */
  readonly now = (): Date => this.at(this.#hoursAgo);

  get hoursAgo(): number {
    return this.#hoursAgo;
  }

  at(hoursAgo: number): Date {
    return new Date(this.#madeAt.getTime() - Math.round(hoursAgo * HOUR_MS));
  }

  /** Acts of the same time happen in the order in which they were given. */
  add(hoursAgo: number, act: () => Promise<unknown>): void {
    this.#acts.push({ hoursAgo, act });
  }

  /**
   * @param doneUntil what happened before this time is done already; what happened just then may be
   */
  async run({ doneUntil, signal }: { doneUntil: Date | null; signal?: AbortSignal | undefined }): Promise<void> {
    for (const { hoursAgo, act } of this.#acts.toSorted((a, b) => b.hoursAgo - a.hoursAgo)) {
      signal?.throwIfAborted();
      this.#hoursAgo = hoursAgo;
      const isBehind = doneUntil === null || this.now() > doneUntil;
      if (!isBehind && this.now() < (doneUntil ?? this.now())) continue;
      await act().catch((error: unknown) => {
        if (isBehind || !(error instanceof DomainError)) throw error;
      });
    }
  }
}
