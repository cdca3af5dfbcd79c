import { canonicalUrl } from '@clipmeter/core/clip-link';
import { micros } from '@clipmeter/core/money';
import { formatAudit, runAudit } from '@clipmeter/db/audit';
import type { Pool } from '@clipmeter/db/connect';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { campaignSteps } from '@clipmeter/testing/campaign-steps';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { type Coverage, coverageOf } from '@clipmeter/testing/history-coverage';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { amountDifferences, type OracleSubmission, unpaidClips } from '@clipmeter/testing/history-oracle';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { type Random, randomOf } from '@clipmeter/testing/random';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { createFacts, HISTORY_SPECS, historyBudget, historyTerms } from '@clipmeter/testing/random-history';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { createWorld, TEST_SETTLEMENT } from '@clipmeter/testing/settlement-world';
// biome-ignore lint/style/noRestrictedImports: a fixture is a part of tests
import { submissionSteps } from '@clipmeter/testing/submission-steps';
import type { FaultPointName } from '#src/fault-points.ts';
import { createFleet, type Kill } from '#src/tracker-fleet.fixture.ts';
// A test may stand on the simulator; nothing else of this app does.
import { type Simulator, startSimulator } from '../../simulator/src/simulator.ts';

export interface KillHistory {
  /** Decides campaigns, clips, views, steps and at which visit a fault point strikes. */
  readonly seed: number;
  /** Where trackers are killed, one after the other. */
  readonly points: readonly FaultPointName[];
  readonly signal?: AbortSignal;
}

export interface KillReport {
  readonly kills: readonly Kill[];
  readonly restarts: number;
  /** Ledger entries that credited a clip. */
  readonly credits: number;
  /** What is not as plain arithmetic says, a sentence each. */
  readonly differences: readonly string[];
  /** What happened beside the kills. */
  readonly coverage: Coverage;
}

/** A video, however often it is submitted. */
interface Video {
  readonly clipId: string;
  readonly platform: 'TIKTOK' | 'YOUTUBE';
  readonly externalId: string;
}

const CLIPS_A_CAMPAIGN = 4;
const TRACKERS = 2;
/** The platforms show large counts rounded to hundreds; these they show as they are. */
const SHOWN_STEP = 100;

/**
 * Two real trackers on one database, with the simulator as the platforms, killed at one step after the other while views
 * grow, videos are submitted, revoked and submitted again, campaigns pause, are topped up, close, end and release. When all have been killed and everything has come to rest, every balance
 * is compared with plain arithmetic over what this history did, and the audit is asked too.
 */
export async function runKillHistory(
  database: { readonly url: string; readonly pool: Pool },
  history: KillHistory,
): Promise<KillReport> {
  const simulator = await startSimulator({ runDurationMs: 20, costSettlesMs: 0, seed: history.seed });
  const fleet = createFleet({ databaseUrl: database.url, simulatorUrl: simulator.url });
  try {
    const random = randomOf(history.seed);
    const world = await createKillWorld(database.pool, simulator, random, history.points);
    const waiting = [...history.points];
    let restarts = 0;
    // A point may be passed a few times before it strikes.
    const armed = () => {
      const point = waiting.shift();
      return point && { point, visit: visitOf(point, random) };
    };
    for (let i = 0; i < TRACKERS; i += 1) fleet.start(armed());
    while (fleet.armed().length > 0) {
      history.signal?.throwIfAborted();
      await world.step(fleet.armed());
      await fleet.change();
      for (const _ of fleet.buryDead()) {
        await world.forgetWorkers();
        fleet.start(armed());
        restarts += 1;
      }
    }
    await world.stopGrowing();
    while (!(await world.isAtRest())) {
      history.signal?.throwIfAborted();
      await fleet.change();
      fleet.buryDead();
      await world.hurry();
    }
    await fleet.stop();
    return { kills: fleet.kills, restarts, ...(await world.judge()) };
  } finally {
    await fleet.killAll();
    await simulator.stop();
  }
}

/** A closing round and a release commit several times; what happens once in either strikes at once. */
function visitOf(point: FaultPointName, random: Random): number {
  return ['round:begun', 'release:before-acknowledgement'].includes(point) ? 1 : 1 + random.below(3);
}

async function createKillWorld(
  pool: Pool,
  { store }: Simulator,
  random: Random,
  points: readonly FaultPointName[],
): Promise<KillWorld> {
  const world = createWorld(pool, TEST_SETTLEMENT, () => Date.now());
  const adminId = await world.addUser('ADMIN');
  const steps = campaignSteps(world, adminId);
  const { submit, reject, revoke, reverse } = submissionSteps(world, adminId);
  const users = [await world.addUser(), await world.addUser(), await world.addUser()];
  const facts = createFacts();
  const { terms, submissions, revoked, reversed, fund } = facts;
  const videos: Video[] = [];
  const views = new Map<string, number>();
  const given = new Map<string, Set<bigint>>();

  const show = (video: Video, count: number) => {
    views.set(video.clipId, count);
    given.set(video.clipId, (given.get(video.clipId) ?? new Set()).add(BigInt(count)));
    store.catalogue.changeVideo(video.platform, video.externalId, { views: count, frozen: true });
  };

  /** A new video, or one that was submitted before. */
  async function submitOne(campaignId: string, known?: Video): Promise<void> {
    const platform = known?.platform ?? (random.chance(30) ? 'YOUTUBE' : 'TIKTOK');
    const firstViews = SHOWN_STEP * random.below(50);
    const externalId = known?.externalId ?? post(platform, firstViews);
    const link = { kind: 'clip', platform, externalId, canonicalUrl: canonicalUrl(platform, externalId) } as const;
    const made = await submit(campaignId, random.pick(users), link);
    if (made === null) return;
    submissions.push({ ...made, campaignId });
    if (known) return;
    const video = { clipId: made.clipId, platform, externalId };
    videos.push(video);
    show(video, firstViews);
  }

  function post(platform: Video['platform'], count: number): string {
    const { video } = store.catalogue.postVideo({ platform, curve: 'flat', author: { handle: 'clipper' } });
    // A tracker may read it before anybody else here knows of it.
    store.catalogue.changeVideo(platform, video.id, { views: count, frozen: true });
    return video.id;
  }

  async function endSubmission(submission: OracleSubmission): Promise<void> {
    if (await reject(submission)) return;
    if (await revoke(submission)) {
      revoked.add(submission.submissionId);
      // Of every other one what it earned is taken back at once, of the rest when it comes up again.
      if (revoked.size % 2 === 0) return;
    }
    const from = await reverse(submission);
    if (from !== null) reversed.set(submission.submissionId, from);
  }

  async function addCampaign(spec: (typeof HISTORY_SPECS)[number]): Promise<string> {
    const { budget, rate, cap, minViews } = spec;
    const campaignId = await world.addCampaign({ budget, rate, minViews: Number(minViews), ...(cap ? { cap } : {}) });
    terms.set(campaignId, historyTerms(spec));
    fund(campaignId, historyBudget(spec));
    for (let i = 0; i < CLIPS_A_CAMPAIGN; i += 1) await submitOne(campaignId);
    return campaignId;
  }

  const lasting: string[] = [];
  for (const spec of HISTORY_SPECS) lasting.push(await addCampaign(spec));
  // Each point of a closing round or a release needs a campaign that ends.
  const ending: string[] = [];
  for (const point of points) if (/^(round|release)/.test(point)) ending.push(await addCampaign(HISTORY_SPECS[0]));

  const grow = () => {
    for (const video of videos) show(video, (views.get(video.clipId) ?? 0) + SHOWN_STEP * random.below(9));
  };

  /** What waits for a time comes at once: reads, and jobs that were put off. */
  async function hurry(): Promise<void> {
    await pool.query(
      `UPDATE clip_schedules SET next_due_at = '2020-01-01' WHERE next_due_at < 'infinity' AND next_due_at > now()
       AND (lease_until IS NULL OR lease_until < now())`,
    );
    await pool.query('UPDATE platform_states SET retry_at = NULL WHERE retry_at IS NOT NULL');
    await pool.query(
      `UPDATE pgboss.job SET start_after = now() WHERE state IN ('created', 'retry') AND start_after > now()
       AND (name LIKE 'batch.%' OR name IN ('lifecycle', 'release'))`,
    );
  }

  const isTrue = async (condition: string) =>
    (await pool.query<{ is: boolean }>(`SELECT (${condition}) AS is`)).rows[0]?.is === true;

  /** Has a campaign end, in one of the ways that there are, so that the point is met. */
  async function endOne(point: FaultPointName): Promise<void> {
    const [campaignId] = ending;
    // The tracker that was to be killed did not get the last one.
    if (campaignId === undefined) return void ending.push(await addCampaign(HISTORY_SPECS[0]));
    const { rows } = await pool.query<{ approved: number; waiting: number }>(
      `SELECT count(*) FILTER (WHERE status = 'APPROVED')::int AS approved,
         count(*) FILTER (WHERE status = 'PENDING' AND approval_requested_at IS NOT NULL)::int AS waiting
       FROM clip_submissions WHERE campaign_id = $1`,
      [campaignId],
    );
    const [{ approved, waiting } = { approved: 0, waiting: 0 }] = rows;
    if (waiting > 0) return; // its baselines are still being read
    ending.shift();
    if (approved === 0) return; // all of them were revoked
    const dice = point === 'round:begun' ? 0 : random.below(point.startsWith('round') ? 2 : 3);
    if (dice === 0) await pool.query('UPDATE campaigns SET deadline = now() WHERE id = $1', [campaignId]);
    else if (dice === 1) await steps.beginClosing(campaignId, 'ADMIN');
    else await steps.cancel(campaignId);
  }

  return {
    async step(armed) {
      grow();
      await hurry();
      if (random.chance(15)) {
        // As if a run took longer than its lease: its clips are read again meanwhile.
        await pool.query(
          `UPDATE clip_schedules SET lease_until = now(), next_due_at = now() WHERE lease_until > now()`,
        );
      }
      const dice = random.below(100);
      const campaignId = random.pick(lasting);
      if (dice < 10) await steps.setPaused(campaignId, random.chance(50));
      else if (dice < 15) {
        const amountMicros = micros(BigInt(1 + random.below(20_000_000)));
        if (await steps.topUp(campaignId, amountMicros)) fund(campaignId, amountMicros);
      } else if (dice < 19) await endSubmission(random.pick(submissions));
      else if (dice < 23) await submitOne(campaignId, random.chance(80) ? random.pick(videos) : undefined);
      // As if its clips were about to earn more than is left.
      else if (dice < 27) await pool.query('UPDATE campaigns SET expected = budget WHERE id = $1', [campaignId]);
      const wanted = armed.find((point) => /^(round|release)/.test(point));
      if (wanted !== undefined && !(await isTrue(IS_ENDING))) await endOne(wanted);
    },
    hurry,
    async forgetWorkers() {
      await pool.query(
        `UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 hour', started_on = started_on - interval '1 hour'
         WHERE state = 'active'`,
      );
      await pool.query(`UPDATE pgboss.queue SET monitor_claim_on = monitor_claim_on - interval '1 hour'`);
    },
    async stopGrowing() {
      for (const campaignId of lasting) await steps.setPaused(campaignId, false);
      grow();
    },
    async isAtRest() {
      if (await isTrue(IS_UNFINISHED)) return false;
      const { rows } = await pool.query<{ id: string; views: string }>(
        `SELECT l.id, l.views FROM clips l JOIN clip_submissions s ON s.clip_id = l.id JOIN campaigns c ON c.id = s.campaign_id
         WHERE c.status = 'ACTIVE' AND s.status = 'APPROVED'`,
      );
      return rows.every((row) => BigInt(row.views) === BigInt(views.get(row.id) ?? 0));
    },
    async judge() {
      const wasGiven = (clipId: string, count: bigint) => given.get(clipId)?.has(count) === true;
      const report = await runAudit(pool);
      const { rows } = await pool.query<{ credits: number; runs: number }>(
        `SELECT (SELECT count(*)::int FROM ledger_entries WHERE movement = 'accrue') AS credits,
           (SELECT count(*)::int FROM scrape_runs WHERE platform = 'TIKTOK' AND external_run_id IS NOT NULL) AS runs`,
      );
      const [{ credits, runs } = { credits: 0, runs: 0 }] = rows;
      const started = store.usage.list().find((usage) => usage.platform === 'TIKTOK')?.runs ?? 0;
      return {
        credits,
        coverage: await coverageOf(pool),
        differences: [
          ...(await amountDifferences(pool, { ...facts, wasGiven })),
          ...(await unpaidClips(pool, terms, (clipId) => BigInt(views.get(clipId) ?? 0))),
          ...(report.differences > 0 ? [`audit: ${formatAudit(report)}`] : []),
          ...(started === runs ? [] : [`runs: the platform was paid for ${started}, we know of ${runs}`]),
        ],
      };
    },
  };
}

interface KillWorld {
  /** Views grow, and something happens to a campaign, so that the armed points are met. */
  step(armed: readonly FaultPointName[]): Promise<void>;
  hurry(): Promise<void>;
  /** Lets the time pass after which a killed worker's jobs are given to another. */
  forgetWorkers(): Promise<void>;
  stopGrowing(): Promise<void>;
  /** Whether nothing is under way, and what runs was read at its last views. */
  isAtRest(): Promise<boolean>;
  judge(): Promise<Pick<KillReport, 'credits' | 'differences' | 'coverage'>>;
}

const IS_ENDING = `EXISTS (SELECT FROM closing_rounds WHERE ended_at IS NULL)
  OR EXISTS (SELECT FROM campaigns WHERE completed_at IS NOT NULL AND released_at IS NULL OR deadline <= now() AND completed_at IS NULL)`;

const IS_UNFINISHED = `${IS_ENDING}
  OR EXISTS (SELECT FROM scrape_runs WHERE status IN ('RECORDED', 'STARTED'))
  OR EXISTS (SELECT FROM clip_submissions s JOIN campaigns c ON c.id = s.campaign_id
    WHERE s.status = 'PENDING' AND s.approval_requested_at IS NOT NULL AND c.completed_at IS NULL)`;
