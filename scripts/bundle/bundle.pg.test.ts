import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createEmptyDatabase, type EmptyDatabase } from '@clipmeter/testing/test-database';
import { freePort } from '@clipmeter/testing/test-postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSocket } from '../../apps/tracker/src/sockets/socket-client.fixture.ts';
import { root } from '../stack/checkout.ts';
import { buildWeb } from '../stack/web-build.ts';
import { deploy } from './deployed.fixture.ts';
import { findCaddy } from './find-caddy.ts';

const STOPPED_WITHIN_MS = 10_000;
const BUNDLE_BYTES_MAX = 250e6;
const PASSWORD = 'a long enough password';
const CRON_SECRET = 'a secret for tests only';

let machine: Awaited<ReturnType<typeof deploy>>;
let database: EmptyDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
  await buildWeb(console.log);
  machine = await deploy();
}, 300_000);
afterAll(async () => {
  await machine?.remove();
  await database?.drop();
});

test('the bundle is small', () => {
  expect(machine.bytes).toBeLessThan(BUNDLE_BYTES_MAX);
});

test('fault points are refused, whatever NODE_ENV says', async () => {
  const env = { NODE_ENV: 'test', FAULT_POINTS: 'claim:before-commit=kill', ...shared('http://localhost') };
  const { code, said } = await machine.run('tracker.mjs', env).ended;
  expect(said).toContain('FAULT_POINTS is for tests and must not be set in production');
  expect(code).toBe(1);
});

test('what does not answer is not healthy', async () => {
  const { code, said } = await machine.run('healthy.mjs', {}, `http://127.0.0.1:${await freePort()}/`).ended;
  expect(said).toMatch(/^http:\S+ is not healthy: .+\n$/);
  expect(code).toBe(1);
});

describe('deployed', () => {
  const caddy = findCaddy(console.log);
  let ports: { web: number; tracker: number; proxy: number };
  let origin: string;
  let apps: Record<'web' | 'tracker', ReturnType<typeof machine.run>>;

  beforeAll(async () => {
    ports = { web: await freePort(), tracker: await freePort(), proxy: await freePort() };
    origin = `http://127.0.0.1:${'program' in caddy ? ports.proxy : ports.web}`;
  });

  test('it prepares an empty database, and the second time finds nothing to do', async () => {
    const first = await machine.run('migrate.mjs', shared(origin)).ended;
    expect(first).toMatchObject({ code: 0, said: expect.stringContaining(`${origin}/setup?token=`) });
    const applied = await migrations();
    const folders = await readdir(join(root, 'prisma', 'migrations'), { withFileTypes: true });
    expect(applied).toHaveLength(folders.filter((entry) => entry.isDirectory()).length);
    const second = await machine.run('migrate.mjs', shared(origin)).ended;
    expect(second).toMatchObject({ code: 0, said: expect.stringContaining('is ready.') });
    expect(await migrations()).toEqual(applied);
  });

  test('both apps become healthy', async () => {
    const metricsPort = await freePort();
    const web = { ...shared(origin), WEB_PORT: `${ports.web}`, TRACKER_URL: '/trpc', CRON_SECRET };
    // Nothing is due, so nobody is asked; if anybody were, it would not be Apify.
    const keys = { APIFY_TOKEN: 'test', APIFY_BASE_URL: `http://127.0.0.1:${await freePort()}` };
    const tracker = { ...shared(origin), ...keys, TRACKER_PORT: `${ports.tracker}`, METRICS_PORT: `${metricsPort}` };
    apps = { web: machine.run('web.mjs', web), tracker: machine.run('tracker.mjs', tracker) };
    await Promise.all([apps.web.says('Ready in'), apps.tracker.says('"listening"')]);
    for (const path of [`${ports.web}/api/health`, `${ports.tracker}/ready`, `${metricsPort}/metrics`]) {
      const { code, said } = await machine.run('healthy.mjs', {}, `http://127.0.0.1:${path}`).ended;
      expect({ code, said }).toEqual({ code: 0, said: '' });
    }
  });

  test('one origin serves pages and sockets through the proxy, and a stop is clean', async (context) => {
    if ('missing' in caddy) return context.skip(caddy.missing);
    const proxy = machine.start(
      await machine.bring(caddy.program),
      ['run', '--adapter', 'caddyfile', '--config', await machine.bring(join(root, 'deploy', 'Caddyfile'))],
      {
        SITE_ADDRESS: origin,
        HEALTH_ADDRESS: `127.0.0.1:${await freePort()}`,
        WEB_UPSTREAM: `127.0.0.1:${ports.web}`,
        TRACKER_UPSTREAM: `127.0.0.1:${ports.tracker}`,
      },
    );
    await proxy.says('serving initial configuration');
    await visit(`ws://127.0.0.1:${ports.proxy}/trpc`);
    expect((await proxy.stop()).code).toBe(0);
  });

  test('pages and sockets are served straight where there is no proxy', async (context) => {
    if ('program' in caddy) return context.skip('the proxy is there');
    await visit(`ws://127.0.0.1:${ports.tracker}/trpc`);
  });

  /** Somebody signs up and in, looks at a page and follows it live; then both apps are stopped. */
  async function visit(socketUrl: string): Promise<void> {
    const person = { name: 'Ada Vogel', email: 'ada@example.com', password: PASSWORD };
    expect((await post('/api/auth/sign-up/email', person)).status).toBe(200);
    const signedIn = await post('/api/auth/sign-in/email', person);
    expect(signedIn.status).toBe(200);
    const cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');

    const page = await fetch(`${origin}/home`, { headers: { cookie }, redirect: 'manual' });
    const html = await page.text();
    expect({ status: page.status, html }).toMatchObject({ status: 200, html: expect.stringContaining('Ada Vogel') });
    const [script = 'the page has no script'] = /\/_next\/static\/[^"\\]+\.js/.exec(html) ?? [];
    expect((await fetch(`${origin}${script}`)).status).toBe(200);

    // Web asks the tracker for a round through the database and waits until it has ended.
    const round = await fetch(`${origin}/api/cron/view-tracking`, {
      headers: { authorization: `Bearer ${CRON_SECRET}` },
    });
    const report: unknown = await round.json();
    expect({ status: round.status, report }).toMatchObject({ status: 200, report: { success: true } });

    await expect(openSocket(socketUrl, { cookie, origin: 'https://elsewhere.example' }).opened).rejects.toThrow('403');
    const socket = openSocket(socketUrl, { cookie, origin });
    await socket.subscribe('live.me', {});
    await socket.until((message) => message.result?.data?.json.data?.type === 'reset');

    const startedAt = performance.now();
    const ends = await Promise.all([apps.web.stop(), apps.tracker.stop()]);
    expect(performance.now() - startedAt).toBeLessThan(STOPPED_WITHIN_MS);
    // Nor has either wanted to write anything beside itself.
    for (const end of ends) expect(end).toMatchObject({ code: 0, said: expect.not.stringMatching(/EACCES|EROFS/) });
    await socket.closed;
    expect(socket.messages.at(-1)).toMatchObject({ id: null, method: 'reconnect' });
  }

  const post = (path: string, body: object) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify(body),
    });

  async function migrations(): Promise<unknown[]> {
    const { rows } = await database.ownerPool.query(
      'SELECT migration_name, finished_at FROM _prisma_migrations ORDER BY 1',
    );
    return rows;
  }
});

/** What every program of an installation is told. */
function shared(publicUrl: string): Record<string, string> {
  return {
    DATABASE_URL: database.url,
    BETTER_AUTH_SECRET: 'a secret of enough length, for tests only',
    PUBLIC_URL: publicUrl,
  };
}
