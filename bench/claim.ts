import { leaseClips, lockDue } from '@clipmeter/db/claim-due';
import { newId } from '@clipmeter/db/new-id';
import { queueOptions } from '@clipmeter/db/queues';
import { withTransaction } from '@clipmeter/db/transaction';
import { PgBoss } from 'pg-boss';
import { writeSchedules } from '../packages/db/src/write-batch.ts';
import { type BenchDatabase, startBenchPostgres } from './harness/bench-postgres.ts';
import type { Bench } from './harness/benchmark.ts';

/** As many as one run takes. */
const BATCH = 500;
const QUEUE = 'bench';
const HOUR_MS = 3_600_000;

/**
 * Due clips claimed and rescheduled, beside pg-boss fetching and completing as many jobs, on as many rows. What a job a
 * clip would cost is what decided that clips are not jobs.
 */
export const run: Bench = async ({ small, tiny, say }) => {
  const rows = tiny ? 3_000 : small ? 20_000 : 1_000_000;
  const rounds = tiny ? 1 : small ? 15 : 300;
  const postgres = await startBenchPostgres();
  try {
    const database = await postgres.createDatabase('claim');
    const boss = await openBoss(database);
    try {
      await load(database, rows);
      say(`${rows} clips and as many jobs loaded`);
      const times = {
        claim: [] as number[],
        reschedule: [] as number[],
        fetch: [] as number[],
        complete: [] as number[],
      };
      for (let round = -3; round < rounds; round += 1) {
        await measureOurs(database, times);
        await measureBoss(boss, times);
        if (round < 0) for (const each of Object.values(times)) each.length = 0; // it only warms up
      }
      return report(times);
    } finally {
      await boss.stop({ graceful: false });
    }
  } finally {
    await postgres.stop();
  }
};

type Times = Record<'claim' | 'reschedule' | 'fetch' | 'complete', number[]>;

async function openBoss(database: BenchDatabase): Promise<PgBoss> {
  // The owner makes the queue; what is measured runs as the apps do.
  const owner = new PgBoss({ connectionString: database.url, schema: 'pgboss', supervise: false, schedule: false });
  owner.on('error', () => {}); // told to whoever asked
  await owner.start();
  await owner.createQueue(QUEUE, { policy: 'standard' });
  await owner.stop({ graceful: false });
  const boss = new PgBoss({ ...queueOptions(database.url, 'bench'), max: 1, supervise: false, schedule: false });
  boss.on('error', () => {});
  await boss.start();
  return boss;
}

async function load(database: BenchDatabase, rows: number): Promise<void> {
  const clip = `('019ab000-0003-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  await database.load(`
    INSERT INTO clips (id, platform, external_id, url, author_handle, availability, views, metric)
      SELECT ${clip}, 'TIKTOK', n::text, 'https://www.tiktok.com/@clipper/video/' || n, 'clipper', 'LIVE', 1000, 'plays' FROM generate_series(1, ${rows}) n;
    INSERT INTO clip_schedules (clip_id, platform, next_due_at, velocity)
      SELECT ${clip}, 'TIKTOK', now() - random() * interval '12 hours', 100 FROM generate_series(1, ${rows}) n;
    INSERT INTO pgboss.job (name, data, policy, start_after, created_on)
      SELECT '${QUEUE}', jsonb_build_object('clipId', ${clip}), 'standard', now() - random() * interval '12 hours', now() - random() * interval '12 hours' FROM generate_series(1, ${rows}) n;
    VACUUM ANALYZE;
    CHECKPOINT`);
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  times.push(performance.now() - start);
  return result;
}

/** As a tick claims and a settlement reschedules, each in its own transaction and under its locks. */
async function measureOurs({ pool }: BenchDatabase, times: Times): Promise<void> {
  const now = new Date();
  const runId = newId();
  const clips = await timed(times.claim, () =>
    withTransaction(pool, async (tx) => {
      const due = await lockDue(tx, { platform: 'TIKTOK', limit: BATCH, now });
      const clipIds = due.map((clip) => clip.clipId);
      await leaseClips(tx, { runId, clipIds, until: new Date(now.getTime() + HOUR_MS) });
      return due;
    }),
  );
  if (clips.length !== BATCH) throw new Error(`${clips.length} clips claimed`);
  const writes = clips.map((clip, i) => ({
    ...{ clipId: clip.clipId, nextDueAt: new Date(now.getTime() + HOUR_MS + i * 10_000), urgent: false },
    ...{ velocityPerHour: 100 + i, expectedMicros: clip.expectedMicros, expectedBeforeMicros: clip.expectedMicros },
    ...{ failures: 0, notFoundAt: null, outcome: 'found' as const, reason: null },
  }));
  await timed(times.reschedule, () =>
    withTransaction(pool, async (tx) => {
      await tx.query('SELECT FROM clip_schedules WHERE clip_id = ANY ($1::uuid[]) ORDER BY clip_id FOR NO KEY UPDATE', [
        clips.map((clip) => clip.clipId),
      ]);
      await writeSchedules(tx, writes, { runId, now });
    }),
  );
}

async function measureBoss(boss: PgBoss, times: Times): Promise<void> {
  const jobs = await timed(times.fetch, () => boss.fetch(QUEUE, { batchSize: BATCH }));
  if (jobs.length !== BATCH) throw new Error(`${jobs.length} jobs fetched`);
  await timed(times.complete, () =>
    boss.complete(
      QUEUE,
      jobs.map((job) => job.id),
    ),
  );
}

function report(times: Times) {
  const perSecond = (...parts: number[][]) =>
    (BATCH * 1_000) / parts.reduce((total, part) => total + quantile(part, 0.5), 0);
  const claimPerSecond = perSecond(times.claim, times.reschedule);
  const bossPerSecond = perSecond(times.fetch, times.complete);
  return {
    rows: Object.entries(times).map(([step, measured]) => ({
      step: `${step} ${BATCH}`,
      'p50 ms': round(quantile(measured, 0.5)),
      'p99 ms': round(quantile(measured, 0.99)),
      'clips/s': Math.round((BATCH * 1_000) / quantile(measured, 0.5)),
    })),
    figures: {
      claimPerSecond: Math.round(claimPerSecond),
      bossPerSecond: Math.round(bossPerSecond),
      claimVsBoss: round(claimPerSecond / bossPerSecond),
      claimP99Ms: round(quantile(times.claim, 0.99)),
      rescheduleP99Ms: round(quantile(times.reschedule, 0.99)),
      bossFetchP99Ms: round(quantile(times.fetch, 0.99)),
    },
  };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

const round = (value: number) => Math.round(value * 100) / 100;
