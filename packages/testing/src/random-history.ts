import { DomainError } from '@clipmeter/core/domain-error';
import { micros } from '@clipmeter/core/money';
import type { ReadResult } from '@clipmeter/db/read-result';
import { CLOSING_LIMIT_MS, campaignSteps } from '#src/campaign-steps.ts';
import { amountDifferences, type OracleFacts, type OracleTerms, unpaidClips } from '#src/history-oracle.ts';
import type { Random } from '#src/random.ts';
import type { World } from '#src/settlement-world.ts';
import { submissionSteps } from '#src/submission-steps.ts';

/** A video and how it grows, however often it is submitted. */
interface HistoryClip {
  readonly clipId: string;
  readonly externalId: string;
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

/** What a campaign of a spec is first given, in micros, as the oracle counts. */
export const historyBudget = ({ budget }: (typeof HISTORY_SPECS)[number]): bigint =>
  budget === '61.234567' ? 61_234_567n : BigInt(budget) * 1_000_000n;

/** What happens in a history, as the oracle will be told. */
export function createFacts() {
  const terms = new Map<string, OracleTerms>();
  const fundings = new Map<string, bigint[]>();
  const submissions: OracleFacts['submissions'][number][] = [];
  const revoked = new Set<string>();
  const reversed = new Map<string, 'pending' | 'available'>();
  const fund = (campaignId: string, amountMicros: bigint) =>
    void fundings.set(campaignId, [...(fundings.get(campaignId) ?? []), amountMicros]);
  return { terms, fundings, submissions, revoked, reversed, fund };
}

const CLIPS_A_CAMPAIGN = 5;

/**
 * A history of campaigns: reads answered once, twice, late or never, submissions, revocations, pauses, top-ups, closing
 * rounds, ends and releases, each step chosen by `random`. Several workers may call `step` at once.
 */
export async function createHistory(world: World, random: Random) {
  const adminId = await world.addUser('ADMIN');
  const steps = campaignSteps(world, adminId);
  const { submit, reject, revoke, reverse } = submissionSteps(world, adminId);
  const users = [await world.addUser(), await world.addUser(), await world.addUser()];
  const facts = createFacts();
  const { terms, submissions, revoked, reversed, fund } = facts;
  const clips: HistoryClip[] = [];

  /** A new video, or one that was submitted before. */
  async function submitOne(campaignId: string, known?: HistoryClip): Promise<void> {
    const userId = random.pick(users);
    const [startViews, viewsPerSecond] = [BigInt(random.below(5_000)), BigInt(random.below(40))];
    const externalId = known?.externalId ?? crypto.randomUUID();
    const link = { platform: 'TIKTOK', externalId, canonicalUrl: 'https://example.com' } as const;
    const made = await submit(campaignId, userId, { kind: 'clip', ...link });
    if (made === null) return;
    submissions.push({ ...made, campaignId });
    if (!known) clips.push({ clipId: made.clipId, externalId, startViews, viewsPerSecond });
  }

  for (const spec of HISTORY_SPECS) {
    const { budget, rate, cap, minViews } = spec;
    const campaignId = await world.addCampaign({ budget, rate, minViews: Number(minViews), ...(cap ? { cap } : {}) });
    terms.set(campaignId, historyTerms(spec));
    fund(campaignId, historyBudget(spec));
    for (let i = 0; i < CLIPS_A_CAMPAIGN; i += 1) await submitOne(campaignId);
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
    else if (dice < 64) {
      const chosen = new Set(Array.from({ length: 1 + random.below(6) }, () => random.pick(clips)));
      await read([...chosen]);
    } else if (dice < 67) await submitOne(campaignId, random.chance(70) ? random.pick(clips) : undefined);
    else if (dice < 70) await endSubmission(random.pick(submissions));
    else if (dice < 80) await steps.setPaused(campaignId, random.chance(40));
    else if (dice < 85) {
      const amountMicros = micros(BigInt(1 + random.below(20_000_000)));
      if (await steps.topUp(campaignId, amountMicros)) fund(campaignId, amountMicros);
    } else if (dice < 89) {
      const round = await steps.beginClosing(campaignId, random.pick(['BUDGET', 'BUDGET', 'ADMIN', 'DEADLINE']));
      if (round) rounds.add(round);
    } else if (dice < 96) {
      if (random.chance(20)) world.advance(CLOSING_LIMIT_MS);
      for (const round of rounds) await steps.finishClosing(round, random.chance(60) ? 1 + random.below(3) : undefined);
    } else if (dice < 97) await cancel(campaignId);
    else await releaseFinished();
  }

  /** A campaign that is settled part by part just now cannot be cancelled. */
  async function cancel(campaignId: string): Promise<void> {
    await steps.cancel(campaignId).catch((error: unknown) => {
      if (!(error instanceof DomainError && error.code === 'WRONG_STATE')) throw error;
    });
  }

  async function endSubmission(submission: OracleFacts['submissions'][number]): Promise<void> {
    if (await reject(submission)) return;
    if (await revoke(submission)) {
      revoked.add(submission.submissionId);
      // Of every other one what it earned is taken back at once, of the rest when it comes up again.
      if (revoked.size % 2 === 0) return;
    }
    const from = await reverse(submission);
    if (from !== null) reversed.set(submission.submissionId, from);
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
      ...(await amountDifferences(world.pool, { ...facts, wasGiven })),
      ...(await unpaidClips(world.pool, terms, lastViews)),
    ];
  }

  return { step, settleDown, differences, facts: { ...facts, wasGiven } satisfies OracleFacts };
}
