export interface BenchOptions {
  /** Sizes that finish within seconds: to see that it runs, not to quote. */
  small: boolean;
  /** With `small`: the least that still runs every line. For the test that the benchmarks run. */
  tiny?: boolean;
  /** For progress; goes to stderr, so that `--json` leaves one line on stdout. */
  say(line: string): void;
}

export interface BenchResult {
  /** A row a measurement, printed as a table. */
  rows: Record<string, string | number>[];
  /** What the aims are about, for the JSON line. Null: not measured at this size. */
  figures: Record<string, number | null>;
}

/** What bench/NAME.ts exports as `run`. It is stopped by `signal` of its process and leaves nothing behind. */
export type Bench = (options: BenchOptions) => Promise<BenchResult>;
