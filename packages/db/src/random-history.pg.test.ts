import { type Micros, micros } from '@clipmeter/core/money';
import { CLOSING_LIMIT_MS, campaignSteps } from '@clipmeter/testing/campaign-steps';
import { createWorld, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { createTestDatabase } from '@clipmeter/testing/test-database';
import { expect, test } from 'vitest';
import { formatAudit, runAudit } from '#src/audit.ts';
import { actualBalances, earned, expectedBalances, givenKey, type OracleTerms } from '#src/history-oracle.fixture.ts';
import type { ReadResult } from '#src/read-result.ts';

/** More of them: `HISTORIES=100 npx vitest run --project pg random-history`; one again: `HISTORY_SEED=7`. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 3);
const FIRST_SEED = Number(process.env['HISTORY_SEED'] ?? 1);
const WORKERS = 4;
const STEPS = 25;

interface Random {
  below(limit: number): number;
  chance(percent: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32: small, seeded, good enough to choose steps. */
function randomOf(seed: number): Random {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick(from) {
      const item = from[below(from.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}

interface HistoryClip extends WorldClip {
  readonly campaignId: string;
  readonly startViews: bigint;
  readonly viewsPerSecond: bigint;
}

/** A run whose answer is on its way, perhaps for long. */
interface Delivery {
  readonly runId: string;
  readonly endedAt: Date;
  readonly results: readonly ReadResult[];
}

const SPECS = [
  { budget: '1000000', rate: '3.333333', cap: null, minViews: 0n },
  { budget: '61.234567', rate: '7.777777', cap: null, minViews: 0n },
  { budget: '5000', rate: '0.999999', cap: '11.5', minViews: 700n },
] as const;

const termsOf = (spec: (typeof SPECS)[number]): OracleTerms => ({
  rate: BigInt(spec.rate.replace('.', '')),
  cap: spec.cap === null ? null : 11_500_000n,
  minViews: spec.minViews,
});

async function createHistory(world: World, random: Random) {
  const steps = campaignSteps(world, await world.addUser('ADMIN'));
  const users = [await world.addUser(), await world.addUser(), await world.addUser()];
  const terms = new Map<string, OracleTerms>();
  const clips: HistoryClip[] = [];
  for (const spec of SPECS) {
    const { budget, rate, cap, minViews } = spec;
    const campaignId = await world.addCampaign({ budget, rate, minViews: Number(minViews), ...(cap ? { cap } : {}) });
    terms.set(campaignId, termsOf(spec));
    for (let i = 0; i < 5; i += 1) {
      const clip = await world.submitClip(campaignId, random.pick(users));
      clips.push({
        ...clip,
        campaignId,
        startViews: BigInt(random.below(5_000)),
        viewsPerSecond: BigInt(random.below(40)),
      });
    }
  }
  const beganAt = world.now().getTime();
  const given = new Map<string, Set<bigint>>();
  const rounds = new Set<string>();
  const late: Delivery[] = [];

  const viewsAt = (clip: HistoryClip, at: Date) =>
    clip.startViews + (clip.viewsPerSecond * BigInt(at.getTime() - beganAt)) / 1_000n;

  function answer(runId: string, clip: HistoryClip, at: Date): ReadResult[] {
    const { clipId } = clip;
    if (random.chance(8)) return [];
    if (random.chance(8)) return [{ clipId, outcome: { kind: 'unknown', reason: 'no answer' } }];
    if (random.chance(4)) return [{ clipId, outcome: { kind: 'private', reason: 'private' } }];
    const plays = viewsAt(clip, at);
    const key = givenKey(runId, clipId);
    given.set(key, (given.get(key) ?? new Set()).add(plays));
    const found: ReadResult = { clipId, outcome: { kind: 'found', counts: { plays } } };
    return random.chance(5) ? [found, found] : [found];
  }

  const deliver = ({ runId, results, endedAt }: Delivery) => world.settle(runId, results, endedAt);

  /** A run over some clips, delivered once or more, at once, with other answers or another end, or much later. */
  async function read(chosen: readonly HistoryClip[]): Promise<void> {
    const runId = await world.record(chosen);
    const attempt = (): Delivery => {
      const endedAt = world.advance(1 + random.below(3_000));
      return { runId, endedAt, results: chosen.flatMap((clip) => answer(runId, clip, endedAt)) };
    };
    const first = attempt();
    if (random.chance(15)) {
      late.push(first);
      return;
    }
    const again = random.chance(30) ? [random.chance(50) ? first : attempt()] : [];
    await Promise.all([first, ...again].map(deliver));
    if (random.chance(10)) late.push(first);
  }

  async function step(): Promise<void> {
    const campaignId = random.pick([...terms.keys()]);
    const dice = random.below(100);
    const overdue = dice < 10 ? late.shift() : undefined;
    if (overdue) await deliver(overdue);
    else if (dice < 70) {
      const chosen = new Set(Array.from({ length: 1 + random.below(6) }, () => random.pick(clips)));
      await read([...chosen]);
    } else if (dice < 80) await steps.setPaused(campaignId, random.chance(40));
    else if (dice < 85) await steps.topUp(campaignId, micros(BigInt(1 + random.below(20_000_000))) satisfies Micros);
    else if (dice < 89) {
      const round = await steps.beginClosing(campaignId, random.pick(['BUDGET', 'BUDGET', 'ADMIN', 'DEADLINE']));
      if (round) rounds.add(round);
    } else if (dice < 96) {
      if (random.chance(20)) world.advance(CLOSING_LIMIT_MS);
      for (const round of rounds) await steps.finishClosing(round);
    } else if (dice < 97) await steps.cancel(campaignId);
    else await releaseFinished();
  }

  async function releaseFinished(): Promise<void> {
    const { rows } = await world.pool.query<{ id: string }>('SELECT id FROM campaigns WHERE completed_at IS NOT NULL');
    for (const { id } of rows) await steps.release(id, 1 + random.below(3));
  }

  /** Everything under way comes to its end, and what still runs is read a last time. */
  async function settleDown(): Promise<void> {
    for (const delivery of late.splice(0)) await deliver(delivery);
    world.advance(CLOSING_LIMIT_MS + 1);
    for (const round of rounds) await steps.finishClosing(round);
    for (const campaignId of terms.keys()) await steps.setPaused(campaignId, false);
    const at = world.advance(1_000);
    const runId = await world.record(clips);
    const results = clips.map((clip): ReadResult => {
      const plays = viewsAt(clip, at);
      given.set(givenKey(runId, clip.clipId), new Set([plays]));
      return { clipId: clip.clipId, outcome: { kind: 'found', counts: { plays } } };
    });
    await deliver({ runId, endedAt: at, results });
    await releaseFinished();
  }

  return { step, settleDown, viewsAt, facts: { terms, clips, given }, clips };
}

test.each(Array.from({ length: HISTORIES }, (_, i) => FIRST_SEED + i))(
  'history %i: whatever several workers do at once, every balance is what plain arithmetic says, and the audit agrees',
  { timeout: 60_000 },
  async (seed) => {
    const database = await createTestDatabase();
    try {
      const world = createWorld(database.pool);
      const history = await createHistory(world, randomOf(seed));
      await Promise.all(
        Array.from({ length: WORKERS }, async () => {
          for (let i = 0; i < STEPS; i += 1) await history.step();
        }),
      );
      await history.settleDown();

      const actual = await actualBalances(database.pool);
      const expected = await expectedBalances(database.pool, history.facts);
      expect([...actual].sort()).toEqual([...expected].sort());

      // Views only grew, so a campaign that still runs owes nothing for the last read, in whatever order the others came.
      const { rows } = await database.pool.query<{ clip_id: string; campaign_id: string; initial: string }>(
        `SELECT s.clip_id, s.campaign_id, s.initial_views AS initial FROM clip_submissions s JOIN campaigns c ON c.id = s.campaign_id
         WHERE c.status = 'ACTIVE' AND s.status = 'APPROVED'`,
      );
      for (const row of rows) {
        const clip = history.clips.find((each) => each.clipId === row.clip_id);
        const terms = history.facts.terms.get(row.campaign_id);
        if (!clip || !terms) throw new Error('a clip that nobody made');
        const full = earned(terms, { views: history.viewsAt(clip, world.now()), initialViews: BigInt(row.initial) });
        const settled = actual.get(`earnings ${clip.clipId}`);
        expect(settled).toBe(full);
      }
      const report = await runAudit(database.pool);
      expect(report.differences, formatAudit(report)).toBe(0);
    } finally {
      await database.drop();
    }
  },
);
