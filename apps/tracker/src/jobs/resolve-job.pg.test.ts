import { submitClip } from '@clipmeter/api/operations/submit-clip';
import type { LinkOutcome, LinkResolver } from '@clipmeter/platforms/resolve-link';
import { createWorld, type World } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { verifyAccounts } from '@clipmeter/testing/verified-accounts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createResolveJob } from '#src/jobs/resolve-job.ts';

const VIDEO = '7301234567890123456';
const CLIP: LinkOutcome = {
  kind: 'resolved',
  clip: {
    kind: 'clip',
    platform: 'TIKTOK',
    externalId: VIDEO,
    canonicalUrl: `https://www.tiktok.com/@mira/video/${VIDEO}`,
  },
};
const NO_ANSWER: LinkOutcome = { kind: 'unavailable', reason: 'vm.tiktok.com did not answer: ETIMEDOUT' };

let db: TestDatabase;
let world: World;
let campaignId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  world = createWorld(db.pool);
  campaignId = await world.addCampaign({ budget: '100', rate: '10' });
});
afterAll(() => db.drop());

/** A submitted short link, and the job with a resolver that answers so. */
async function submitted(): Promise<string> {
  const userId = await world.addUser();
  await verifyAccounts(db.pool, userId);
  const link = 'https://vm.tiktok.com/ZMabc/';
  return (await submitClip({ pool: db.pool, now: world.now }, { userId }, { campaignId, link })).id;
}

async function follow(resolve: LinkResolver['resolve'], signal = new AbortController().signal): Promise<void> {
  const log = pino({ level: 'silent' });
  await createResolveJob({ pool: db.pool, log, now: world.now, resolver: { resolve }, everySeconds: 2 }).handle(
    {},
    signal,
  );
}

async function linkRow(id: string) {
  const { rows } = await db.pool.query<{
    status: string;
    reason: string | null;
    attempts: number;
    submission_id: string | null;
  }>('SELECT status, reason, attempts, submission_id FROM link_resolutions WHERE id = $1', [id]);
  return rows[0];
}

test('a short link is followed and submitted', async () => {
  const id = await submitted();
  const seen: string[] = [];
  await follow(async ({ url }) => {
    seen.push(url);
    return CLIP;
  });
  expect(seen).toEqual(['https://vm.tiktok.com/ZMabc/']);
  expect(await linkRow(id)).toEqual({ status: 'RESOLVED', reason: null, attempts: 0, submission_id: id });
  const { rows } = await db.pool.query(
    'SELECT external_id, status FROM clip_submissions s JOIN clips c ON c.id = s.clip_id WHERE s.id = $1',
    [id],
  );
  expect(rows).toEqual([{ external_id: VIDEO, status: 'PENDING' }]);
});

test('a refusal reaches the clipper as one sentence', async () => {
  const id = await submitted();
  await follow(async () => ({ kind: 'refused', sentence: 'That TikTok link leads to no video.', reason: '404' }));
  expect(await linkRow(id)).toMatchObject({ status: 'FAILED', reason: 'That TikTok link leads to no video.' });
});

test('what is not answered is asked again later, and refused in words in the end', async () => {
  const id = await submitted();
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return NO_ANSWER;
  };
  await follow(resolve);
  await follow(resolve);
  expect(asked).toBe(1);
  expect(await linkRow(id)).toMatchObject({ status: 'WAITING', attempts: 1 });
  for (let round = 0; round < 4; round += 1) {
    world.advance(10 * 60_000);
    await follow(resolve);
  }
  expect(asked).toBe(5);
  expect(await linkRow(id)).toMatchObject({
    status: 'FAILED',
    reason: 'TikTok does not say where that link leads. Open it and paste the full address.',
  });
});

test('when the process stops, a link is handed on at once and no attempt is counted', async () => {
  const id = await submitted();
  const stopping = new AbortController();
  await follow(async () => {
    stopping.abort();
    return NO_ANSWER;
  }, stopping.signal);
  expect(await linkRow(id)).toMatchObject({ status: 'WAITING', attempts: 0 });
  await follow(async () => ({ kind: 'refused', sentence: 'No.', reason: 'no' }));
  expect(await linkRow(id)).toMatchObject({ status: 'FAILED' });
});

test('one link that breaks the program does not hold up the others, and is tried again after its lease', async () => {
  const [broken, other] = [await submitted(), await submitted()];
  let calls = 0;
  const resolve = async (): Promise<LinkOutcome> => {
    calls += 1;
    if (calls === 1) throw new Error('a mistake of ours');
    return { kind: 'refused', sentence: 'No.', reason: 'no' };
  };
  await expect(follow(resolve)).rejects.toThrow('a mistake of ours');
  const states = [await linkRow(broken), await linkRow(other)].map((row) => row?.status);
  expect(states.toSorted()).toEqual(['FAILED', 'WAITING']);
  world.advance(61_000);
  await follow(resolve);
  expect([await linkRow(broken), await linkRow(other)]).toMatchObject([{ status: 'FAILED' }, { status: 'FAILED' }]);
});
