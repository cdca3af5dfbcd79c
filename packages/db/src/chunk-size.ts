/** A write transaction delays all that happens live by its own length. */
const AIM_MS = 100;
const FIRST = 100;
const MAX = 1_000;
/** With fewer, what a transaction costs by itself is most of it: on a busy machine all would only take longer. */
const MIN = 50;
/** A single slow or quick one says little: the size changes by no more than this at once. */
const GROWS_MAX = 2;
const SHRINKS_MAX = 4;

/** How many rows the next of many transactions should have, so that each is short: by how long the last one took. */
export interface ChunkSize {
  readonly rows: number;
  /** Runs one of them and learns from it. */
  timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; tookMs: number }>;
}

export function createChunkSize(max: number = MAX): ChunkSize {
  let rows = Math.min(FIRST, max);
  return {
    get rows() {
      return rows;
    },
    async timed(work) {
      const beganAt = performance.now();
      const result = await work();
      const tookMs = performance.now() - beganAt;
      const factor = Math.min(GROWS_MAX, Math.max(1 / SHRINKS_MAX, AIM_MS / tookMs));
      rows = Math.min(max, Math.max(MIN, Math.round(rows * factor)));
      return { result, tookMs };
    },
  };
}

/** A list in chunks, each as large as is right when it is taken. */
export function* takeChunks<Item>(list: readonly Item[], size: ChunkSize): Generator<readonly Item[]> {
  for (let from = 0; from < list.length; ) {
    const chunk = list.slice(from, from + size.rows);
    from += chunk.length;
    yield chunk;
  }
}
