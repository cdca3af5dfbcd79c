import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPool } from '@clipmeter/db/connect';
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from '@clipmeter/db/embedded-postgres';
import { migrate } from '@clipmeter/db/migrate';
import { expect, test } from 'vitest';
import { credited, startTrackerProcess } from '#src/tracker-process.fixture.ts';
import { openTrackerWorld } from '#src/tracker-world.fixture.ts';

/** Port 0 is nobody's: the server needs one that it finds again after its restart. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

test('after a restart of Postgres the tracker goes on by itself', { timeout: 120_000 }, async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'clipmeter-restart-'));
  await chmod(home, 0o755); // as root, the server runs as somebody else
  const options: EmbeddedPostgresOptions = {
    dataDir: path.join(home, 'data'),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
  };
  let postgres = await startEmbeddedPostgres(options);
  await migrate(postgres.url);
  const pool = createPool({ url: postgres.url, applicationName: 'test' });
  const world = await openTrackerWorld({ url: postgres.url, pool, drop: () => pool.end() });
  const tracker = startTrackerProcess({ databaseUrl: postgres.url, simulatorUrl: world.simulator.url });
  try {
    const campaignId = await world.world.addCampaign({ budget: '100', rate: '10' });
    const clip = await world.postClip(campaignId, 1_000);
    await tracker.until((line) => line.msg === 'batch settled' && line['approved'] === 1);

    await postgres.stop();
    const from = tracker.lines.length;
    await tracker.until((line) => line.msg === 'the event log could not be read', from);
    const health = await fetch(`http://127.0.0.1:${await tracker.port()}/health`);
    expect([health.status, await health.json()]).toMatchObject([200, { ready: false, database: 'unreachable' }]);
    expect((await fetch(`http://127.0.0.1:${await tracker.port()}/ready`)).status).toBe(503);

    postgres = await startEmbeddedPostgres({ ...options, removeDir: home });
    world.setViews(clip, 2_000);
    await tracker.until(credited('10.000000'), from);
    expect(await world.campaign(campaignId)).toMatchObject({ spent: '10.000000' });
    expect((await fetch(`http://127.0.0.1:${await tracker.port()}/ready`)).status).toBe(200);
    expect(await tracker.stop()).toEqual({ code: 0, signal: null });
  } finally {
    tracker.kill('SIGKILL');
    await world.stop();
    await postgres.stop();
  }
});
