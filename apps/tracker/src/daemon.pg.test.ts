import { createAuth } from '@clipmeter/api/auth';
import { runAudit } from '@clipmeter/db/audit';
import { createPrisma } from '@clipmeter/db/prisma';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openSocket } from '#src/sockets/socket-client.fixture.ts';
import { credited, startTrackerProcess, TEST_SECRET, type TrackerProcess } from '#src/tracker-process.fixture.ts';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

const LIMIT_MS = 60_000;

let world: TrackerWorld;
const running: TrackerProcess[] = [];
beforeAll(async () => {
  world = await openTrackerWorld();
});
afterEach(async () => {
  for (const tracker of running.splice(0)) {
    tracker.kill('SIGKILL');
    await tracker.ended;
  }
});
afterAll(() => world.stop());

function start(env: Record<string, string> = {}): TrackerProcess {
  const tracker = startTrackerProcess({ databaseUrl: world.database.url, simulatorUrl: world.simulator.url, env });
  running.push(tracker);
  return tracker;
}

/** A campaign at $10 per 1,000 with one clip, which has its baseline and is due. */
async function oneClip(): Promise<{ campaignId: string; clip: SimulatedClip }> {
  await world.pool.query('DELETE FROM clip_schedules');
  const campaignId = await world.world.addCampaign({ budget: '100', rate: '10' });
  const clip = await world.postClip(campaignId, 1_000);
  await world.readAll();
  await world.makeDue();
  return { campaignId, clip };
}

test('a tracker settles by itself and tells an open page, whose cookie it knows', { timeout: LIMIT_MS }, async () => {
  const { campaignId, clip } = await oneClip();
  const tracker = start();
  const prisma = createPrisma(world.database.url);
  const auth = createAuth({ prisma, pool: world.database.pool, secret: TEST_SECRET, baseURL: 'http://localhost:3000' });
  const { headers } = await auth.api.signUpEmail({
    body: { name: 'Clara', email: 'clara@example.com', password: 'a good long password' },
    returnHeaders: true,
  });
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const page = openSocket(`ws://127.0.0.1:${await tracker.port()}/trpc`, { cookie });
  await page.subscribe('live.campaign', { id: campaignId });
  await page.until((message) => message.result?.type === 'started');

  world.setViews(clip, 2_000);
  await tracker.until(credited('10.000000'));
  await page.until((message) => JSON.stringify(message).includes('"spent":"10.000000"'));

  const health = await fetch(`http://127.0.0.1:${await tracker.port()}/ready`);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ ready: true, database: 'reachable', sockets: 1 });

  const stopped = performance.now();
  expect(await tracker.stop()).toEqual({ code: 0, signal: null });
  expect(performance.now() - stopped).toBeLessThan(10_000);
  expect(page.messages.some((message) => message.method === 'reconnect')).toBe(true);
  await prisma.$disconnect();
});

test('two trackers on one database credit each view once', { timeout: LIMIT_MS }, async () => {
  const { campaignId, clip } = await oneClip();
  const others = [await world.postClip(campaignId, 1_000), await world.postClip(campaignId, 1_000)];
  const [one, two] = [start(), start()];
  await Promise.all([one.port(), two.port()]);
  const clips = [clip, ...others];
  await Promise.race(
    [one, two].map((tracker) => tracker.until((line) => line.msg === 'batch settled' && line['approved'] === 2)),
  );
  for (const each of clips) world.setViews(each, 2_000);
  await world.makeDue();
  const total = () =>
    [...one.lines, ...two.lines]
      .filter((line) => line.msg === 'batch settled')
      .reduce((sum, line) => sum + Number(line['credited']), 0);
  while (total() < 30) {
    const seen = [one.lines.length, two.lines.length] as const;
    await Promise.race([one.until(() => true, seen[0]), two.until(() => true, seen[1])]);
  }
  expect(await world.campaign(campaignId)).toMatchObject({ spent: '30.000000' });
  expect(await one.stop()).toMatchObject({ code: 0 });
  expect(await two.stop()).toMatchObject({ code: 0 });
});

test('a wrong environment stops the start with one line', async () => {
  const tracker = start({ DATABASE_URL: 'nonsense', TRACKER_PORT: '99999' });
  expect(await tracker.ended).toMatchObject({ code: 1 });
  expect(tracker.errors().trim().split('\n')).toHaveLength(1);
  expect(tracker.errors()).toContain('DATABASE_URL');
});

test('after all of it the audit finds no difference', async () => {
  const report = await runAudit(world.pool);
  expect(report.lines.filter((line) => line.differences > 0)).toEqual([]);
});
