import { micros } from '@clipmeter/core/money';
import { DEFAULT_SETTLE_LIMITS } from '@clipmeter/core/settlement';
import { newId } from '@clipmeter/db/new-id';
import type { SettlementConfig } from '@clipmeter/db/plan-batch';
import { recordRun } from '@clipmeter/db/scrape-run';
import { settleBatch } from '@clipmeter/db/settle-batch';
import { withTransaction } from '@clipmeter/db/transaction';
import { FEW_CAMPAIGNS, loadClips, MANY_CAMPAIGNS } from './clips/clip-fixture.ts';
import { type ClipRead, type ClipReads, createClipReads } from './clips/clip-reads.ts';
import { prepareFloor, writeFloor } from './clips/settle-floor.ts';
import { catchUpBalances, settleNaively } from './clips/settle-naive.ts';
import { type BenchDatabase, startBenchPostgres } from './harness/bench-postgres.ts';
import type { Bench, BenchResult } from './harness/benchmark.ts';

/** As large as the batches that the tracker sends to a platform. */
const BATCH = 500;

const CONFIG: SettlementConfig = {
  limits: DEFAULT_SETTLE_LIMITS,
  interval: { minIntervalMs: 300_000, maxIntervalMs: 4 * 3_600_000, readCostUsd: 0.0037 },
  goneAfterMs: 2 * 3_600_000,
};

/** One table size with one number of campaigns: the ways of settling, and how long each took, in ms a clip. */
interface Cell {
  readonly clips: number;
  readonly campaigns: number;
  readonly database: BenchDatabase;
  readonly reads: ClipReads;
  readonly naive: number[];
  readonly settlement: number[];
  readonly floor: number[];
}

/**
 * Settlement beside the naive way and beside the floor, on tables of three sizes and with few and many campaigns. All of
 * it interleaved, round by round, so that a busy moment of the machine falls on every way alike.
 */
export const run: Bench = async ({ small, tiny, say }) => {
  const sizes = tiny ? [1_000, 2_000] : small ? [10_000, 20_000] : [10_000, 100_000, 1_000_000];
  const rounds = tiny ? 1 : small ? 3 : 12;
  const naiveClips = small ? 20 : 100; // a round
  const postgres = await startBenchPostgres();
  try {
    const cells: Cell[] = [];
    for (const clips of sizes) {
      const database = await postgres.createDatabase(`clips_${clips}`);
      await loadClips(database, clips);
      say(`${clips} clips loaded`);
      for (const kind of ['few', 'many'] as const)
        cells.push({
          ...{ clips, database, campaigns: kind === 'few' ? FEW_CAMPAIGNS : MANY_CAMPAIGNS },
          ...{ reads: createClipReads(clips, kind), naive: [], settlement: [], floor: [] },
        });
    }
    for (let round = -1; round < rounds; round += 1) {
      for (const cell of cells) {
        await measureNaive(cell, naiveClips);
        for (let i = 0; i < 2; i += 1) {
          await measureSettlement(cell);
          await measureFloor(cell);
        }
        // The first round only warms up.
        if (round === -1) for (const times of [cell.naive, cell.settlement, cell.floor]) times.length = 0;
      }
    }
    return report(cells);
  } finally {
    await postgres.stop();
  }
};

async function timed(times: number[], clips: number, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  times.push((performance.now() - start) / clips);
}

async function measureNaive(cell: Cell, clips: number): Promise<void> {
  const { pool } = cell.database;
  const reads = cell.reads.next(clips);
  await timed(cell.naive, clips, () => settleNaively(pool, { runId: newId(), endedAt: new Date() }, reads));
  await catchUpBalances(pool, reads);
}

async function record(cell: Cell, reads: readonly ClipRead[]): Promise<string> {
  const runId = newId();
  const clipIds = reads.map((read) => read.clipId);
  await withTransaction(cell.database.pool, (tx) =>
    recordRun(tx, { runId, platform: 'TIKTOK', source: 'bench', clipIds, now: new Date() }),
  );
  return runId;
}

async function measureSettlement(cell: Cell): Promise<void> {
  const reads = cell.reads.next(BATCH);
  const runId = await record(cell, reads);
  const results = reads.map((read) => ({
    clipId: read.clipId,
    outcome: { kind: 'found' as const, counts: { plays: read.views }, title: 'Clip', authorHandle: 'clipper' },
  }));
  const now = new Date();
  const expectedMicros = reads.reduce((total, read) => total + read.creditMicros, 0n);
  await timed(cell.settlement, BATCH, async () => {
    const summary = await settleBatch(
      cell.database.pool,
      {
        ...{ runId, platform: 'TIKTOK', endedAt: now, now, results },
        ...{ costMicros: micros(1_850_000n), costIsFinal: true, durationMs: 1_000 },
      },
      CONFIG,
    );
    if (summary.creditedMicros !== expectedMicros)
      throw new Error(`${summary.creditedMicros} credited, not ${expectedMicros}`);
  });
}

async function measureFloor(cell: Cell): Promise<void> {
  const reads = cell.reads.next(BATCH);
  const prepared = prepareFloor({ runId: await record(cell, reads), endedAt: new Date() }, reads);
  await timed(cell.floor, BATCH, () => writeFloor(cell.database.pool, prepared));
}

function report(cells: readonly Cell[]): BenchResult {
  const rows = cells.map((cell) => {
    const [naive, settlement, floor] = [cell.naive, cell.settlement, cell.floor].map(median) as [
      number,
      number,
      number,
    ];
    return { clips: cell.clips, campaigns: cell.campaigns, naive, settlement, floor };
  });
  const last = rows.at(-1);
  if (!last) throw new Error('nothing was measured');
  const grown = [FEW_CAMPAIGNS, MANY_CAMPAIGNS].map((campaigns) => {
    const ofKind = rows.filter((row) => row.campaigns === campaigns);
    return (ofKind.at(-1)?.settlement ?? 0) / (ofKind[0]?.settlement ?? 1);
  });
  return {
    rows: rows.map((row) => ({
      clips: row.clips,
      campaigns: row.campaigns,
      'naive/s': Math.round(1_000 / row.naive),
      'settlement/s': Math.round(1_000 / row.settlement),
      'floor/s': Math.round(1_000 / row.floor),
      '× naive': round(row.naive / row.settlement),
      '× floor': round(row.floor / row.settlement),
    })),
    figures: {
      settlementPerSecond: Math.round(1_000 / last.settlement),
      naivePerSecond: Math.round(1_000 / last.naive),
      floorPerSecond: Math.round(1_000 / last.floor),
      settlementVsNaive: round(Math.min(...rows.map((row) => row.naive / row.settlement))),
      settlementVsFloor: round(Math.min(...rows.map((row) => row.floor / row.settlement))),
      costPerClip1MVs10k: round(Math.max(...grown)),
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const round = (value: number) => Math.round(value * 100) / 100;
