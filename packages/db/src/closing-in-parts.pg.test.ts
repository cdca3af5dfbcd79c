import { parseMicros } from '@clipmeter/core/money';
import { CLOSING_LIMIT_MS, campaignSteps, scheduleOf } from '@clipmeter/testing/campaign-steps';
import { addManyClips } from '@clipmeter/testing/many-clips';
import { campaignRow, createWorld, earningsOf, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatAudit, runAudit } from '#src/audit.ts';
import type { ClosingReason } from '#src/closing-round.ts';
import type { Pool } from '#src/connect.ts';
import { type ClosingOutcome, finishClosingRound } from '#src/finish-closing-round.ts';

const CLIPS = 15;
const CLIPPERS = 5;
/** Clips a part at most: less than one clipper has, and many parts. */
const PART = 2;

let database: TestDatabase;
let world: World;
let steps: ReturnType<typeof campaignSteps>;

beforeAll(async () => {
  database = await createTestDatabase();
  world = createWorld(database.pool);
  steps = campaignSteps(world, await world.addUser('ADMIN'));
});
afterAll(() => database.drop());

async function expectNoDifference(): Promise<void> {
  const report = await runAudit(database.pool);
  expect(report.differences, formatAudit(report)).toBe(0);
}

interface ClosingWorld {
  readonly campaignId: string;
  readonly roundId: string;
  readonly clips: readonly WorldClip[];
}

/** A round at its limit: most clips read, one private, one doubtful, three not read. Always the same but for the ids. */
async function openRound(budget: string, reason: ClosingReason): Promise<ClosingWorld> {
  const campaignId = await world.addCampaign({ budget, rate: '10' });
  const clips = await addManyClips(world, campaignId, { clips: CLIPS, clippers: CLIPPERS });
  await world.read(clips.map((clip, i) => [clip, { plays: BigInt(1_000 + 37 * i) }]));
  const roundId = (await steps.beginClosing(campaignId, reason)) ?? '';
  await world.read(
    clips.slice(0, 12).map((clip, i) => {
      if (i === 3) return [clip, { kind: 'private', reason: 'private' }];
      return [clip, { plays: i === 5 ? 10n ** 9n : BigInt(3_000 + 101 * i) }];
    }),
  );
  world.advance(CLOSING_LIMIT_MS);
  return { campaignId, roundId, clips };
}

/** All that a round may change, by the clips' places, so that two worlds can be compared. */
async function stateOf({ campaignId, clips }: ClosingWorld) {
  const campaign = await campaignRow(database.pool, campaignId);
  const { rows: told } = await database.pool.query<{ user_id: string; title: string }>(
    `SELECT user_id, title FROM notifications WHERE kind = 'clip.unread_at_close' AND user_id = ANY ($1::uuid[])`,
    [clips.map((clip) => clip.userId)],
  );
  const { rows: sums } = await database.pool.query(
    `SELECT (SELECT balance FROM ledger_accounts WHERE kind = 'budget' AND campaign_id = $1) AS budget,
       (SELECT sum(balance) FROM ledger_accounts WHERE kind = 'pending' AND campaign_id = $1) AS pending,
       (SELECT expected FROM campaigns WHERE id = $1) AS expected,
       (SELECT count(*)::integer FROM view_tracking WHERE clip_id = ANY ($2::uuid[])) AS snapshots`,
    [campaignId, clips.map((clip) => clip.clipId)],
  );
  return {
    ...{ status: campaign.status, reason: campaign.completion_reason, spent: campaign.spent, sums: sums[0] },
    earnings: await Promise.all(clips.map((clip) => earningsOf(database.pool, clip))),
    isScheduled: await Promise.all(clips.map(async (clip) => (await scheduleOf(world, clip)) !== null)),
    told: clips.map((clip) => told.filter((notice) => notice.user_id === clip.userId).map(({ title }) => title)),
  };
}

const settlementsOf = async ({ roundId }: ClosingWorld): Promise<number> => {
  const { rowCount } = await database.pool.query('SELECT FROM settlements WHERE round_id = $1', [roundId]);
  return rowCount ?? 0;
};

/** Dies just after its n-th write was committed. */
function mortalPool(pool: Pool, writes: number): Pool {
  let left = writes;
  const dying =
    (query: (text: string, values?: unknown[]) => Promise<unknown>) => async (text: string, values?: unknown[]) => {
      const result = await query(text, values);
      if (!/^(COMMIT|UPDATE)/.test(text)) return result;
      left -= 1;
      if (left === 0) throw new Error('killed');
      return result;
    };
  const within = <T extends object>(target: T, members: Record<string, unknown>): T =>
    new Proxy(target, {
      get(_, key) {
        if (typeof key === 'string' && key in members) return members[key];
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const connect = async () => {
    const client = await pool.connect();
    const query = (text: string, values?: unknown[]) => client.query(text, values);
    return within(client, {
      query: (text: string, values?: unknown[]) => (text === 'COMMIT' ? dying(query) : query)(text, values),
    });
  };
  return within(pool, { connect, query: dying((text, values) => pool.query(text, values)) });
}

/** Runs the round and is killed after so many writes. Null: it was killed. */
async function finishUntil({ roundId }: ClosingWorld, writes: number): Promise<ClosingOutcome | null> {
  const finish = { roundId, now: world.now(), clipsMax: PART };
  return finishClosingRound(mortalPool(database.pool, writes), finish, world.config).catch((error: unknown) => {
    if (error instanceof Error && error.message === 'killed') return null;
    throw error;
  });
}

describe.each([
  { name: 'with too little left for all', budget: '300', reason: 'BUDGET' as const },
  { name: 'for the budget, with enough left', budget: '5000', reason: 'BUDGET' as const },
  { name: 'by an admin, with some left', budget: '5000', reason: 'ADMIN' as const },
])('a closing round $name', ({ budget, reason }) => {
  test('comes to the same in parts as in one transaction, wherever and however often it is killed', async () => {
    const whole = await openRound(budget, reason);
    const outcome = await steps.finishClosing(whole.roundId);
    const expected = await stateOf(whole);
    expect(await settlementsOf(whole)).toBe(1);

    const inParts = await openRound(budget, reason);
    expect(await steps.finishClosing(inParts.roundId, PART)).toEqual(outcome);
    expect(await stateOf(inParts)).toEqual(expected);
    expect(await settlementsOf(inParts)).toBeGreaterThanOrEqual(CLIPS / PART);
    await expectNoDifference();

    // Killed after its first write, then after the first of what is left, and so on; then ever later, to begin anew less often.
    for (const lives of [() => 1, (life: number) => 4 * life]) {
      const killed = await openRound(budget, reason);
      let last: ClosingOutcome | null = null;
      let life = 1;
      for (; last === null; life += 1) {
        // Deciding takes more than one life: it begins anew until it is stored.
        last = await finishUntil(killed, life % 2 === 0 ? CLIPS : lives(life));
        await expectNoDifference();
        const { spent } = await campaignRow(database.pool, killed.campaignId);
        expect(parseMicros(spent)).toBeLessThanOrEqual(parseMicros(budget));
      }
      expect(last.kind).toBe(outcome.kind === 'continues' ? 'continues' : 'completed');
      expect(life).toBeGreaterThan(2);
      expect(await stateOf(killed)).toEqual(expected);
    }
  });
});

describe('while a round is settled in parts', () => {
  /** Frozen, decided, and some of its parts settled. */
  async function halfway(budget: string, reason: ClosingReason): Promise<ClosingWorld> {
    const round = await openRound(budget, reason);
    while ((await settlementsOf(round)) < 3) expect(await finishUntil(round, CLIPS)).toBeNull();
    return round;
  }

  test.each([
    { reason: 'BUDGET' as const, goesOn: true },
    { reason: 'ADMIN' as const, goesOn: false },
  ])('what is read for a round of reason $reason changes nothing of it', async ({ reason, goesOn }) => {
    const whole = await openRound('5000', reason);
    await steps.finishClosing(whole.roundId);
    const { earnings } = await stateOf(whole);

    const round = await halfway('5000', reason);
    // Every clip has grown much, among them some that are settled and some that are not; one is gone for its owner only.
    const late = await world.read(
      round.clips.map((clip, i) => [clip, i === 1 ? { kind: 'private', reason: 'private' } : { plays: 50_000n }]),
    );
    expect(late.creditedMicros).toBe(0n);
    expect((await steps.finishClosing(round.roundId, PART)).kind).toBe(goesOn ? 'continues' : 'completed');
    expect((await stateOf(round)).earnings).toEqual(earnings);
    await expectNoDifference();
    const schedules = await Promise.all(round.clips.map((clip) => scheduleOf(world, clip)));
    if (!goesOn) expect(new Set(schedules)).toEqual(new Set([null]));
    else {
      // None is forgotten, and what has grown is paid at the next read.
      for (const schedule of schedules) expect(schedule?.dueAt).toBeInstanceOf(Date);
      await world.read(round.clips.map((clip) => [clip, { plays: 5_000n }]));
      const after = await stateOf(round);
      expect(after.earnings[0]).toBe(parseMicros('50'));
      await expectNoDifference();
    }
  });

  test('its campaign takes no money, no pause, and no end but its own', async () => {
    const round = await halfway('300', 'BUDGET');
    expect(await steps.topUp(round.campaignId, parseMicros('100'))).toBe(false);
    expect(await steps.setPaused(round.campaignId, true)).toBe(false);
    expect(await steps.beginClosing(round.campaignId, 'ADMIN')).toBeNull();
    await expect(steps.cancel(round.campaignId)).rejects.toThrow(
      'This campaign is being settled right now. Try again in a moment.',
    );
    expect((await steps.finishClosing(round.roundId, PART)).kind).toBe('completed');
    expect((await campaignRow(database.pool, round.campaignId)).spent).toBe('300.000000');
    await expectNoDifference();
  });

  test('two trackers settle each part once', async () => {
    const whole = await openRound('300', 'BUDGET');
    await steps.finishClosing(whole.roundId);
    const expected = await stateOf(whole);
    const round = await openRound('300', 'BUDGET');
    const outcomes = await Promise.all([1, 2, 3].map((part) => steps.finishClosing(round.roundId, part)));
    expect(outcomes.filter((outcome) => outcome.kind === 'completed')).toHaveLength(1);
    // Each part begins where the one before it ended.
    const { rows } = await database.pool.query<{ place: string }>(
      'SELECT through_user_id::text || through_submission_id AS place FROM settlements WHERE round_id = $1 ORDER BY number',
      [round.roundId],
    );
    const places = rows.map((row) => row.place);
    expect(places).toEqual([...new Set(places)].sort());
    expect(await stateOf(round)).toEqual(expected);
    await expectNoDifference();
  });

  test('it stops when it is asked to, and goes on where it was', async () => {
    const round = await openRound('300', 'BUDGET');
    const stopping = new AbortController();
    const finish = { roundId: round.roundId, now: world.now(), clipsMax: PART };
    stopping.abort();
    const stopped = await finishClosingRound(database.pool, { ...finish, signal: stopping.signal }, world.config);
    expect(stopped).toEqual({ kind: 'settling' });
    expect((await finishClosingRound(database.pool, finish, world.config)).kind).toBe('completed');
    expect(await finishClosingRound(database.pool, finish, world.config)).toEqual({ kind: 'over' });
  });
});
