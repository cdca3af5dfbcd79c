import { z } from 'zod';
import { type Platform, platformSchema } from '#src/platform.ts';

/** What a platform's use has come to. */
export const usageSchema = z.object({
  platform: platformSchema,
  runs: z.number().int(),
  billedResults: z.number().int(),
  /** Decimal digits of a bigint of millionths of a dollar. */
  costMicros: z.string(),
  /** Requests to the YouTube Data API and the units they took. */
  directCalls: z.number().int(),
  directResults: z.number().int(),
});

export type Usage = z.infer<typeof usageSchema>;

/** Counts runs, billed results and what they cost, by platform. */
export class UsageMeter {
  readonly #usages = new Map<Platform, Usage>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** A run was started: it counts from here, whether or not its starter ever hears of it. */
  countRun(platform: Platform): void {
    this.#of(platform).runs += 1;
    this.#onChange();
  }

  /** A run ended and is charged. */
  charge(platform: Platform, results: number, costMicros: bigint): void {
    const usage = this.#of(platform);
    usage.billedResults += results;
    usage.costMicros = (BigInt(usage.costMicros) + costMicros).toString();
    this.#onChange();
  }

  /** A call of the Data API, free but for its quota. */
  countDirect(platform: Platform, results: number): void {
    const usage = this.#of(platform);
    usage.directCalls += 1;
    usage.directResults += results;
    this.#onChange();
  }

  list(): Usage[] {
    return platformSchema.options.map((platform) => ({ ...this.#of(platform) }));
  }

  /** Starts counting from nothing again. */
  reset(): void {
    this.#usages.clear();
    this.#onChange();
  }

  /** Takes over what an earlier process kept. */
  restore(usages: Usage[]): void {
    for (const usage of usages) this.#usages.set(usage.platform, usage);
  }

  #of(platform: Platform): Usage {
    let usage = this.#usages.get(platform);
    if (!usage) {
      usage = { platform, runs: 0, billedResults: 0, costMicros: '0', directCalls: 0, directResults: 0 };
      this.#usages.set(platform, usage);
    }
    return usage;
  }
}
