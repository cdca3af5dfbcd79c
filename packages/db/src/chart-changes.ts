/** What a chart is drawn from: changes by bucket, from known totals at the start. */
export interface ChartChanges {
  /** Sum of the clips' views as they were before the chart begins. */
  viewsBefore: bigint;
  spentBefore: string;
  /** Buckets in which something was read, in order. */
  buckets: { at: Date; viewsChange: bigint; credited: string }[];
}

/** Puts what was read and what was credited together, by bucket. A row without a bucket is what was before. */
export function chartChanges(
  reads: readonly { bucket: Date | null; change: string }[],
  credits: readonly { bucket: Date | null; credited: string }[],
): ChartChanges {
  const creditedAt = new Map(credits.map((row) => [row.bucket?.getTime() ?? null, row.credited]));
  const viewsAt = new Map(reads.map((row) => [row.bucket?.getTime() ?? null, BigInt(row.change)]));
  const times = [...new Set([...viewsAt.keys(), ...creditedAt.keys()])].filter((time) => time !== null);
  return {
    viewsBefore: viewsAt.get(null) ?? 0n,
    spentBefore: creditedAt.get(null) ?? '0.000000',
    buckets: times
      .sort((a, b) => a - b)
      .map((time) => ({
        at: new Date(time),
        viewsChange: viewsAt.get(time) ?? 0n,
        credited: creditedAt.get(time) ?? '0.000000',
      })),
  };
}
