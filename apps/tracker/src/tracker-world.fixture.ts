import { canonicalUrl } from '@clipmeter/core/clip-link';
import type { Platform } from '@clipmeter/core/platform';
import { createReaders } from '@clipmeter/platforms/create-readers';
import type { PlatformReader } from '@clipmeter/platforms/port';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { campaignRow, createWorld, earningsOf, type WorldClip } from '@clipmeter/testing/settlement-world';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { pino } from 'pino';
import type { FaultPoints } from '#src/fault-points.ts';
import { type BatchDeps, createBatchJob } from '#src/jobs/batch-job.ts';
import { createCostJob } from '#src/jobs/cost-job.ts';
import type { JobOutbox } from '#src/jobs/job-outbox.ts';
import { createTickJob, type TickDeps } from '#src/jobs/tick-job.ts';
import { NO_METER } from '#src/metrics/no-meter.fixture.ts';
import type { WorkMeter } from '#src/metrics/work-meter.ts';
import { settlementConfig } from '#src/settlement-config.ts';
// A test may stand on the simulator; nothing else of this app does.
import { startSimulator } from '../../simulator/src/simulator.ts';

export interface SimulatedClip extends WorldClip {
  readonly platform: Platform;
  readonly externalId: string;
}

interface SentJob {
  readonly queue: string;
  readonly data: { runId?: string };
  readonly startAfter: unknown;
}

/**
 * A database, the simulator and the daemon's jobs over both, without pg-boss: a test delivers each job itself, as often
 * and in the order it wants. Time is real but for what `later` adds.
 */
export async function openTrackerWorld(given?: Omit<TestDatabase, 'ownerPool'>, meter: WorkMeter = NO_METER) {
  const database = given ?? (await createTestDatabase());
  const simulator = await startSimulator({ runDurationMs: 10, costSettlesMs: 10_000 });
  const { pool } = database;
  const world = createWorld(pool);
  const access = { token: 'test', baseUrl: simulator.url };
  const readers = createReaders({ apify: access, youtube: { apiKey: 'test', baseUrl: simulator.url } });
  const { catalogue, faults, usage } = simulator.store;
  const sent: SentJob[] = [];
  let offsetMs = 0;

  const outbox: JobOutbox = {
    async send(queue, data, { startAfter } = {}) {
      sent.push({ queue, data, startAfter });
    },
  };
  const now = () => new Date(Date.now() + offsetMs);
  const log = pino({ level: 'silent' });
  const settlement = settlementConfig(reader('TIKTOK').pricePerResultMicros, true);
  const shared = { pool, outbox, log, now, meter };

  function reader(platform: Platform): PlatformReader {
    const found = readers.get(platform);
    if (!found) throw new Error(`no reader for ${platform}`);
    return found;
  }

  /** A video on the platform, submitted and waiting for its baseline. */
  async function postClip(campaignId: string, views: number, platform: Platform = 'TIKTOK'): Promise<SimulatedClip> {
    return submitVideo(campaignId, platform, postVideo(platform, views));
  }

  /** A video on the platform, which may be found by other ids too. Answers its own. */
  function postVideo(platform: Platform, views: number, aliases: string[] = []): string {
    const { video } = catalogue.postVideo({ platform, views, aliases, curve: 'flat', author: { handle: 'clipper' } });
    catalogue.changeVideo(platform, video.id, { frozen: true });
    return video.id;
  }

  /** A submission of the link with this id, waiting for its baseline. */
  async function submitVideo(
    campaignId: string,
    platform: Platform,
    externalId: string,
    userId?: string,
  ): Promise<SimulatedClip> {
    const clip = await world.submitClip(campaignId, userId, platform);
    await pool.query('UPDATE clips SET external_id = $2, url = $3 WHERE id = $1', [
      clip.clipId,
      externalId,
      canonicalUrl(platform, externalId),
    ]);
    return { ...clip, platform, externalId };
  }

  function setViews(clip: SimulatedClip, views: number): void {
    catalogue.changeVideo(clip.platform, clip.externalId, { views, frozen: true });
  }

  /** One look of the daemon at a platform: what it claims becomes runs, whose ids are answered. */
  async function tick(
    platform: Platform = 'TIKTOK',
    { maxBatch = reader(platform).maxBatch, ...changes }: Partial<TickDeps> & { maxBatch?: number } = {},
  ): Promise<string[]> {
    const deps: TickDeps = {
      ...shared,
      tickSeconds: 10,
      leaseMs: 60_000,
      maxIntervalMs: settlement.interval.maxIntervalMs,
      dailyLimitMicros: null,
      ignoreMinimumCharge: true,
      faultPoints: new Map(),
      ...changes,
    };
    const before = sent.length;
    await createTickJob(deps, { ...reader(platform), maxBatch }).handle({}, new AbortController().signal);
    return sent
      .slice(before)
      .flatMap(({ queue, data }) => (queue.startsWith('batch.') && data.runId ? [data.runId] : []));
  }

  /** Delivers a batch's job once. */
  async function deliver(
    runId: string,
    options: { platform?: Platform; faultPoints?: FaultPoints; signal?: AbortSignal; adoptWaitMs?: number } = {},
  ): Promise<void> {
    const deps: BatchDeps = {
      ...shared,
      adoptWaitMs: options.adoptWaitMs ?? 60_000,
      giveUpMs: 30 * 60_000,
      settlement,
      faultPoints: options.faultPoints ?? new Map(),
    };
    const job = createBatchJob(deps, reader(options.platform ?? 'TIKTOK'));
    await job.handle({ runId }, options.signal ?? new AbortController().signal);
  }

  /** Delivers the job that asks what a run cost. */
  async function askCost(runId: string): Promise<void> {
    await createCostJob(shared, readers).handle({ runId, tries: 0 }, new AbortController().signal);
  }

  /** Makes every clip due, as the passing of time would, and reads all of them. */
  async function readAll(platform: Platform = 'TIKTOK'): Promise<string[]> {
    await makeDue();
    const runIds = await tick(platform);
    for (const runId of runIds) await deliver(runId, { platform });
    return runIds;
  }

  async function makeDue(): Promise<void> {
    await pool.query(`UPDATE clip_schedules SET next_due_at = '2020-01-01' WHERE next_due_at < 'infinity'`);
    await pool.query(`UPDATE platform_states SET retry_at = NULL`);
  }

  async function runRow(runId: string) {
    const { rows } = await pool.query<{
      status: string;
      external_run_id: string | null;
      claimed: number;
      read: number | null;
      unknown: number | null;
      cost: string | null;
      cost_is_final: boolean;
      error: string | null;
    }>(
      'SELECT status, external_run_id, claimed, read, unknown, cost, cost_is_final, error FROM scrape_runs WHERE id = $1',
      [runId],
    );
    const [row] = rows;
    if (!row) throw new Error(`no run ${runId}`);
    return row;
  }

  async function scheduleRow(clip: WorldClip) {
    const { rows } = await pool.query<{
      lease_until: Date | null;
      next_due_at: Date;
      failures: number;
      last_outcome: string | null;
    }>('SELECT lease_until, next_due_at, failures, last_outcome FROM clip_schedules WHERE clip_id = $1', [clip.clipId]);
    return rows[0] ?? null;
  }

  async function platformRow(platform: Platform) {
    const { rows } = await pool.query<{ status: string; reason: string | null; retry_at: Date | null }>(
      'SELECT status, reason, retry_at FROM platform_states WHERE platform = $1',
      [platform],
    );
    const [row] = rows;
    if (!row) throw new Error(`no state of ${platform}`);
    return row;
  }

  async function openAlerts(): Promise<string[]> {
    const { rows } = await pool.query<{ kind: string }>(
      'SELECT kind FROM alerts WHERE resolved_at IS NULL ORDER BY kind',
    );
    return rows.map((row) => row.kind);
  }

  return {
    database,
    simulator,
    faults,
    pool,
    world,
    sent,
    outbox,
    settlement,
    postClip,
    postVideo,
    submitVideo,
    setViews,
    tick,
    deliver,
    askCost,
    readAll,
    makeDue,
    runRow,
    scheduleRow,
    platformRow,
    openAlerts,
    campaign: (id: string) => campaignRow(pool, id),
    earnings: (clip: WorldClip) => earningsOf(pool, clip),
    /** Paid runs that the platform was asked for. */
    startCount: (platform: Platform = 'TIKTOK') => usage.list().find((entry) => entry.platform === platform)?.runs ?? 0,
    later(ms: number) {
      offsetMs += ms;
    },
    async stop() {
      await simulator.stop();
      await database.drop();
    },
  };
}

export type TrackerWorld = Awaited<ReturnType<typeof openTrackerWorld>>;
