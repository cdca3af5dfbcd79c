import { addSocialAccount } from '@clipmeter/api/operations/add-social-account';
import { verifySocialAccount } from '@clipmeter/api/operations/verify-social-account';
import { parseMicros } from '@clipmeter/core/money';
import { readDaySpending } from '@clipmeter/db/scrape-run';
import { findSocialAccount } from '@clipmeter/db/social-account';
import type { ProfileAsk, ProfileOutcome } from '@clipmeter/platforms/profile-port';
import { createWorld, type World } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccountChecksJob, createVerifyJob, type VerifyDeps } from '#src/jobs/verify-job.ts';

const MINUTE_MS = 60_000;
const unread = (retryAfterMs: number | null = null): ProfileOutcome => ({
  kind: 'unknown',
  reason: 'Apify answered 500',
  retryAfterMs,
});

let db: TestDatabase;
let world: World;
beforeAll(async () => {
  db = await createTestDatabase();
  world = createWorld(db.pool);
});
afterAll(() => db.drop());

type Sent = {
  readonly queue: string;
  readonly data: object;
  readonly id: string | undefined;
  readonly startAfter: unknown;
};

/** A clipper has pressed verify; the jobs with a reader that answers so, and what they send. */
async function pressed(answers: readonly (ProfileOutcome | ((code: string) => ProfileOutcome))[]) {
  const deps = { pool: db.pool, now: world.now };
  const actor = { userId: await world.addUser() };
  const { id, code } = await addSocialAccount(deps, actor, { platform: 'TIKTOK', handle: 'mira.cuts' });
  await verifySocialAccount(deps, actor, { id });
  const sent: Sent[] = [];
  const asked: ProfileAsk[] = [];
  const left = [...answers];
  const verifying: VerifyDeps = {
    ...deps,
    log: pino({ level: 'silent' }),
    outbox: {
      async send(queue, data, options) {
        if (!sent.some((job) => job.id === options?.id))
          sent.push({ queue, data, id: options?.id, startAfter: options?.startAfter });
      },
    },
    profiles: new Map([
      [
        'TIKTOK',
        {
          platform: 'TIKTOK',
          source: 'test',
          async readProfile(ask) {
            asked.push(ask);
            const next = left.shift();
            if (next === undefined) throw new Error('asked more often than the test meant');
            return typeof next === 'function' ? next(code ?? '') : next;
          },
        },
      ],
    ]),
  };
  const signal = new AbortController().signal;
  const check = () => createAccountChecksJob(verifying).handle({}, signal);
  /** Delivers what was sent last, as pg-boss does: through JSON. */
  const deliver = async (from: VerifyDeps = verifying) => {
    const job = createVerifyJob(from);
    await job.handle(job.data.parse(JSON.parse(JSON.stringify(sent.at(-1)?.data))), signal);
  };
  const outcome = async () => (await findSocialAccount(db.pool, id))?.checkOutcome;
  const mine = () => sent.filter((job) => JSON.stringify(job.data).includes(id));
  const pressAgain = () => verifySocialAccount(deps, actor, { id });
  return { id, check, deliver, outcome, sent: mine, asked, verifying, pressAgain };
}

const shows = (bio: string): ProfileOutcome => ({
  kind: 'found',
  profile: { externalId: `id ${bio}`, handle: 'mira.cuts', displayName: null, bio },
});

test('a pressed verify is sent once, however often one looks, read, and over', async () => {
  const { check, deliver, outcome, sent, asked } = await pressed([(code) => shows(code)]);
  await check();
  await check();
  expect(sent()).toHaveLength(1);
  await deliver();
  expect(asked).toMatchObject([{ handle: 'mira.cuts', since: world.now() }]);
  expect(await outcome()).toBe('VERIFIED');
  await deliver(); // again: nothing is read for it
  expect(asked).toHaveLength(1);
  await check();
  expect(sent()).toHaveLength(1);
});

test.each([
  ['NOT_YET', shows('no code')],
  ['NOT_FOUND', { kind: 'not_found', reason: 'NOT_FOUND' } as const],
])('a definite answer is %s at once', async (expected, answer) => {
  const { check, deliver, outcome } = await pressed([answer]);
  await check();
  await deliver();
  expect(await outcome()).toBe(expected);
});

test('what told nothing is tried twice more, each time by a run of its own, and then could not be read', async () => {
  const { check, deliver, outcome, sent, asked } = await pressed([unread(), unread(15_000), unread()]);
  await check();
  await deliver();
  expect(await outcome()).toBeNull();
  await deliver();
  expect(await outcome()).toBeNull();
  await deliver();
  expect(await outcome()).toBe('UNREADABLE');
  expect(sent().map(({ startAfter }) => startAfter)).toEqual([
    undefined,
    new Date(world.now().getTime() + 5_000),
    new Date(world.now().getTime() + 20_000),
  ]);
  expect(new Set(sent().map(({ id }) => id)).size).toBe(3);
  expect(asked.map(({ since }) => since?.getTime())).toEqual(
    [0, 5_000, 20_000].map((ms) => world.now().getTime() + ms),
  );
});

test('nobody waits for a platform that wants more patience than a minute, nor for one that nobody can read', async () => {
  const busy = await pressed([unread(2 * MINUTE_MS)]);
  await busy.check();
  await busy.deliver();
  expect(await busy.outcome()).toBe('UNREADABLE');
  const nobody = await pressed([]);
  await nobody.check();
  await nobody.deliver({ ...nobody.verifying, profiles: new Map() });
  expect(await nobody.outcome()).toBe('UNREADABLE');
});

test('a run that read a profile is in the day’s spending, once, and its bill is asked for', async () => {
  const externalRunId = 'HG7ML7M8z78YcAPEB';
  const { check, deliver, outcome, verifying } = await pressed([(code) => ({ ...shows(`y ${code}`), externalRunId })]);
  const costs: object[] = [];
  const send = verifying.outbox.send;
  await check();
  await deliver({
    ...verifying,
    outbox: {
      async send(queue, data, options) {
        if (queue === 'cost') costs.push(data);
        else await send(queue, data, options);
      },
    },
  });
  expect(await outcome()).toBe('VERIFIED');
  const { rows } = await db.pool.query(
    'SELECT id, source, status, claimed, cost FROM scrape_runs WHERE external_run_id = $1',
    [externalRunId],
  );
  expect(rows).toEqual([{ id: expect.any(String), source: 'test', status: 'SETTLED', claimed: 0, cost: null }]);
  expect(costs).toEqual([{ runId: rows[0]?.id, tries: 0 }]);
  const spending = await readDaySpending(db.pool, {
    platform: 'TIKTOK',
    since: new Date(world.now().getTime() - MINUTE_MS),
    minimumChargeMicros: parseMicros('0.5'),
    pricePerResultMicros: parseMicros('0.0037'),
  });
  expect(spending.spentMicros).toBe(parseMicros('0.5'));
});

test('a look right after another does not take up its run', async () => {
  const { check, deliver, outcome, asked, pressAgain } = await pressed([
    () => ({ ...shows('no code'), externalRunId: 'first look' }),
    (code) => shows(code),
  ]);
  await check();
  await deliver();
  expect(await outcome()).toBe('NOT_YET');
  world.advance(1_000);
  await pressAgain();
  await check();
  await deliver();
  expect(asked.map(({ answeredRunIds }) => answeredRunIds?.has('first look'))).toEqual([false, true]);
  expect(await outcome()).toBe('VERIFIED');
});

test('a tracker that stops hands the job back, and the next one takes up its run', async () => {
  const { check, deliver, outcome, asked, sent } = await pressed([
    { kind: 'interrupted' },
    (code) => shows(`x ${code}`),
  ]);
  await check();
  await deliver();
  expect(await outcome()).toBeNull();
  expect(sent()).toHaveLength(2);
  await deliver();
  expect(await outcome()).toBe('VERIFIED');
  expect(asked[1]).toEqual(asked[0]);
});

test('whatever became of its job, nobody is left waiting longer than a quarter of an hour', async () => {
  const { check, outcome } = await pressed([]);
  await check();
  world.advance(16 * MINUTE_MS);
  await check();
  expect(await outcome()).toBe('UNREADABLE');
});
