import type { z } from 'zod';
import type { Catalogue } from '#src/catalogue.ts';
import type { Platform } from '#src/platform.ts';

/** A dataset row, as an actor pushes it. */
export type Row = Record<string, unknown>;

/** An actor of the Apify store, as far as the simulator plays it. */
export interface Actor {
  /** "user/name". */
  name: string;
  platform: Platform;
  pricePerResultMicros: bigint;
  minimumChargeMicros: bigint;
  /** Checks an input the way the platform does before it starts a run. */
  prepare(input: unknown): { scrape: (catalogue: Catalogue) => Row[] } | { problem: string };
}

/** Describes an actor by its input and what it makes of it. */
export function defineActor<Input>(description: {
  name: string;
  platform: Platform;
  pricePerResultMicros: bigint;
  minimumChargeMicros?: bigint;
  input: z.ZodType<Input>;
  scrape: (input: Input, catalogue: Catalogue) => Row[];
}): Actor {
  return {
    name: description.name,
    platform: description.platform,
    pricePerResultMicros: description.pricePerResultMicros,
    minimumChargeMicros: description.minimumChargeMicros ?? 0n,
    prepare(input) {
      const parsed = description.input.safeParse(input);
      if (parsed.success) return { scrape: (catalogue) => description.scrape(parsed.data, catalogue) };
      const issue = parsed.error.issues[0];
      const field = ['input', ...(issue?.path ?? [])].join('.');
      return { problem: `Input is not valid: Field ${field}: ${issue?.message ?? 'is not valid'}` };
    },
  };
}
