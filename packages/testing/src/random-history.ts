import { type Micros, micros } from '@clipmeter/core/money';
import type { ReadResult } from '@clipmeter/db/read-result';
import { CLOSING_LIMIT_MS, campaignSteps } from '#src/campaign-steps.ts';
import { balanceDifferences, type OracleTerms, unpaidClips } from '#src/history-oracle.ts';
import type { Random } from '#src/random.ts';
import type { World, WorldClip } from '#src/settlement-world.ts';

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

export const HISTORY_SPECS = [
  { budget: '1000000', rate: '3.333333', cap: null, minViews: 0n },
  { budget: '61.234567', rate: '7.777777', cap: null, minViews: 0n },
  { budget: '5000', rate: '0.999999', cap: '11.5', minViews: 700n },
] as const;

/** The same, as the oracle counts. */
export const historyTerms = (spec: (typeof HISTORY_SPECS)[number]): OracleTerms => ({
  rate: BigInt(spec.rate.replace('.', '')),
  cap: spec.cap === null ? null : 11_500_000n,
  minViews: spec.minViews,
});

/**
 * A history of campaigns: reads answered once, twice, late or never, pauses, top-ups, closing rounds, ends and releases,
 * each step chosen by `random`. Several workers may call `step` at once.
 */
export async function createHistory(world: World, random: Random) {
  const steps = campaignSteps(world, await world.addUser('ADMIN'));
  const users = [await world.addUser(), await world.addUser(), await world.addUser()];
  const terms = new Map<string, OracleTerms>();
  const clips: HistoryClip[] = [];
  for (const spec of HISTORY_SPECS) {
    const { budget, rate, cap, minViews } = spec;
    const campaignId = await world.addCampaign({ budget, rate, minViews: Number(minViews), ...(cap ? { cap } : {}) });
    terms.set(campaignId, historyTerms(spec));
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
    const key = `${runId}/${clipId}`;
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
      given.set(`${runId}/${clip.clipId}`, new Set([plays]));
      return { clipId: clip.clipId, outcome: { kind: 'found', counts: { plays } } };
    });
    await deliver({ runId, endedAt: at, results });
    await releaseFinished();
  }

  const wasGiven = (clipId: string, views: bigint, runId: string | null) =>
    runId === null
      ? [...given].some(([key, counts]) => key.endsWith(`/${clipId}`) && counts.has(views))
      : given.get(`${runId}/${clipId}`)?.has(views) === true;

  /** What is wrong with the balances once everything has settled down, a sentence each. */
  async function differences(): Promise<string[]> {
    const lastViews = (clipId: string) => {
      const clip = clips.find((each) => each.clipId === clipId);
      if (!clip) throw new Error(`Nobody made the clip ${clipId}`);
      return viewsAt(clip, world.now());
    };
    return [
      ...(await balanceDifferences(world.pool, { terms, clips, wasGiven })),
      ...(await unpaidClips(world.pool, terms, lastViews)),
    ];
  }

  return { step, settleDown, differences };
}
