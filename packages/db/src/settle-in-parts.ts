import { type Claim, type ShareRule, shareRule } from '@clipmeter/core/allocation';
import { type Micros, micros, subtractMicros } from '@clipmeter/core/money';
import type { Pool } from 'pg';
import type { SettlementConfig } from '#src/batch-input.ts';
import { lockCampaigns } from '#src/batch-locks.ts';
import { type ChunkSize, createChunkSize, takeChunks } from '#src/chunk-size.ts';
import { type Unread, unreadNotice, unreadOf } from '#src/closing-notices.ts';
import { type Round, readRound, readThrough } from '#src/closing-observations.ts';
import type { ClosingOutcome, FinishClosing } from '#src/finish-closing-round.ts';
import { numericFromMicros } from '#src/micros-column.ts';
import { notifyUsers } from '#src/notify-users.ts';
import { decideClosing, endsCampaign, exhausts, lockClosing, settleClosing } from '#src/settle-closing.ts';
import { FIRST_PLACE, nextPlaces } from '#src/submission-place.ts';
import { withTransaction } from '#src/transaction.ts';

interface Work {
  readonly pool: Pool;
  readonly finish: FinishClosing;
  readonly config: SettlementConfig;
  readonly size: ChunkSize;
}

/**
 * Settles a round of many clips in short transactions, one part after another, as if it were one:
 *
 * 1. It is frozen: reads that end from now on are kept as snapshots and decide nothing, and the campaign cannot be
 *    cancelled. Nothing that the decision depends on changes any more, whoever looks, and however often.
 * 2. It is decided over all its clips: what is left, what is owed in all, and who gets the micros that rounding leaves
 *    over. From these every clip's share follows by itself.
 * 3. Clippers are told of what could not be read.
 * 4. It is settled in parts, each a settlement that says how far the round came. The last one ends it.
 *
 * Stopped anywhere, it goes on there, with the same result to the micro. Two at once do each part once.
 */
export async function settleInParts(
  pool: Pool,
  round: Round,
  finish: FinishClosing,
  config: SettlementConfig,
): Promise<ClosingOutcome> {
  const work: Work = { pool, finish, config, size: createChunkSize(finish.clipsMax) };
  if (round.limits === null) await freeze(work, round);
  const decided = await decide(work);
  if (decided === 'over') return { kind: 'over' };
  if (decided === 'stopped') return { kind: 'settling' };
  for (;;) {
    if (finish.signal?.aborted) return { kind: 'settling' };
    const { result } = await work.size.timed(() => settleNext(work, decided.round, decided.rule));
    if (result === 'more') continue;
    return result === 'over' ? { kind: 'over' } : { kind: result, creditedMicros: payable(decided.rule) };
  }
}

/** What a rule pays in all. */
const payable = (rule: ShareRule): Micros => (exhausts(rule) ? rule.leftMicros : micros(rule.owedTotal));

async function freeze({ pool, finish, config: { limits } }: Work, round: Round): Promise<void> {
  await withTransaction(pool, async (tx) => {
    // Under its lock, so that every settlement before this has ended and every one after it sees it.
    await lockCampaigns(tx, [round.campaignId]);
    await tx.query(
      `UPDATE closing_rounds SET frozen_at = $2, jump_factor = $3, jump_floor_views = $4
       WHERE id = $1 AND frozen_at IS NULL AND ended_at IS NULL`,
      [round.id, finish.now, limits.jumpFactor, limits.jumpFloorViews],
    );
  });
}

/** Decides a frozen round, unless it is decided, and tells its clippers, unless parts are settled already. */
async function decide(work: Work): Promise<{ round: Round; rule: ShareRule } | 'over' | 'stopped'> {
  const { pool, finish } = work;
  const round = await readRound(pool, finish.roundId);
  if (!round?.limits) return 'over';
  if (round.rule && (await readThrough(pool, round.id))) return { round, rule: round.rule };
  const gathered = await gather(work, round);
  if (gathered === 'over' || gathered === 'stopped') return gathered;
  const rule = round.rule ?? (await storeRule(work, round, shareRule(gathered.leftMicros, gathered.claims)));
  if (!rule) return 'over';
  if (endsCampaign(round, exhausts(rule))) await tell(work, round, gathered);
  return { round, rule };
}

interface Gathered {
  readonly title: string;
  readonly leftMicros: Micros;
  readonly claims: readonly Claim[];
  readonly unread: readonly Unread[];
}

/** What every clip of the round is owed, page by page: what is frozen is the same at each of them. */
async function gather({ pool, finish, config, size }: Work, round: Round): Promise<Gathered | 'over' | 'stopped'> {
  const claims: Claim[] = [];
  const unread = new Map<string, Unread>();
  let campaign = { title: '', leftMicros: micros(0n) };
  for (let after = FIRST_PLACE; ; ) {
    if (finish.signal?.aborted) return 'stopped';
    const places = await nextPlaces(pool, round.campaignId, after, size.rows);
    const last = places.at(-1);
    if (!last) return { ...campaign, claims, unread: [...unread.values()] };
    const clipIds = places.map((place) => place.clipId);
    const { result: page } = await size.timed(() =>
      withTransaction(pool, (tx) => lockClosing(tx, { round, clipIds, now: finish.now }, config)),
    );
    if (!page) return 'over';
    claims.push(...decideClosing(page).clips);
    for (const theirs of unreadOf(page.clips)) {
      const before = unread.get(theirs.userId);
      unread.set(theirs.userId, before ? { ...before, clips: before.clips + theirs.clips } : theirs);
    }
    const { title, budgetMicros, spentMicros } = page.campaign;
    campaign = { title, leftMicros: subtractMicros(budgetMicros, spentMicros) };
    after = last;
  }
}

/** The first one that is stored is the one that counts. */
async function storeRule({ pool, finish }: Work, round: Round, rule: ShareRule): Promise<ShareRule | null> {
  await pool.query(
    `UPDATE closing_rounds SET decided_at = $2, decided_left = $3, decided_owed_total = $4, lucky_remainder = $5, lucky_clip_id = $6
     WHERE id = $1 AND decided_at IS NULL AND ended_at IS NULL`,
    [
      round.id,
      finish.now,
      numericFromMicros(rule.leftMicros),
      rule.owedTotal,
      rule.lastLucky?.remainder ?? null,
      rule.lastLucky?.clipId ?? null,
    ],
  );
  return (await readRound(pool, round.id))?.rule ?? null;
}

async function tell({ pool, finish, size }: Work, round: Round, { title, unread }: Gathered): Promise<void> {
  for (const part of takeChunks(unread, size)) {
    const notices = part.map((theirs) => unreadNotice(theirs, round, title));
    await size.timed(() => withTransaction(pool, (tx) => notifyUsers(tx, notices, finish.now)));
  }
}

/** Settles the next part. */
async function settleNext(
  { pool, finish, config, size }: Work,
  round: Round,
  rule: ShareRule,
): Promise<'more' | 'over' | 'completed' | 'continues'> {
  const through = await readThrough(pool, round.id);
  const places = await nextPlaces(pool, round.campaignId, through ?? FIRST_PLACE, size.rows + 1);
  const part = places.slice(0, size.rows);
  const last = part.at(-1);
  if (!last) return 'over';
  return withTransaction(pool, async (tx) => {
    const clipIds = part.map((place) => place.clipId);
    const closing = await lockClosing(tx, { round, clipIds, now: finish.now }, config);
    if (!closing) return 'over';
    // Another tracker may have settled it before the campaign was locked here.
    if ((await readThrough(tx, round.id))?.submissionId !== through?.submissionId) return 'more';
    const isLast = part.length === places.length;
    const { isFinal } = await settleClosing(tx, closing, { rule, through: last, isLast });
    if (!isLast) return 'more';
    return isFinal ? 'completed' : 'continues';
  });
}
