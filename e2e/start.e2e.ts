import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';
import { freePort } from '../scripts/stack/ports.ts';
import { findRunning, type Running } from '../scripts/stack/run-lock.ts';
import { StartCommand, stillRunning } from './start-command.ts';

// `npm start` itself, as a process among processes. No page is looked at here.

let home = '';
let env: Record<string, string> = {};

test.beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'clipmeter start '));
  chmodSync(home, 0o711); // as root, Postgres runs as somebody else
  env = {
    CLIPMETER_STATE_DIR: home,
    WEB_PORT: String(await freePort()),
    TRACKER_PORT: String(await freePort()),
    SIMULATOR_PORT: String(await freePort()),
    POSTGRES_PORT: String(await freePort()),
    MAIL_SMTP_PORT: String(await freePort()),
    MAIL_PAGE_PORT: String(await freePort()),
  };
});

test.afterEach(() => rmSync(home, { recursive: true, force: true }));

test('the demo starts, goes on with its data, and leaves nothing running however it ends', async () => {
  test.setTimeout(420_000);

  const first = await startedDemo();
  expect(first.output).toContain('admin@demo.example');
  expect(first.output).toContain(`Mail       http://127.0.0.1:${env['MAIL_PAGE_PORT']}`);
  const made = await campaignTitles();
  expect(made).toHaveLength(13);

  const second = new StartCommand(env);
  expect(await second.ended()).toBe(1);
  expect(second.output).toContain(`Clipmeter runs already, at http://localhost:${env['WEB_PORT']}`);

  await test.step('npm above it is killed with -9', async () => {
    await expectNothingLeft(first, () => process.kill(first.pid, 'SIGKILL'));
  });

  await test.step('the start script itself is killed with -9', async () => {
    const again = await startedDemo();
    expect(again.output).not.toContain('Making a database cluster');
    expect(await campaignTitles()).toEqual(made);
    await expectNothingLeft(again, () => process.kill(running().pid, 'SIGKILL'));
  });

  await test.step('Ctrl-C', async () => {
    const again = await startedDemo();
    await expectNothingLeft(again, () => again.signalTerminal('SIGINT'));
    await again.ended();
    expect(findRunning(join(home, 'running.json'))).toBeUndefined();
  });

  await test.step('its terminal is closed', async () => {
    const again = await startedDemo();
    await expectNothingLeft(again, () => again.signalTerminal('SIGHUP'));
  });
});

test('a taken port ends the start with the exact command that would work', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(Number(env['WEB_PORT']), '127.0.0.1', resolve));
  const start = new StartCommand(env);
  expect(await start.ended()).toBe(1);
  expect(start.output).toMatch(new RegExp(`Port ${env['WEB_PORT']} is taken`));
  expect(start.output).toMatch(/^ {2}WEB_PORT=\d+( [A-Z_]+_PORT=\d+){5} npm start$/m);
  await new Promise((resolve) => server.close(resolve));
});

test('a database of their own without a token for the platforms ends the start with a clear line', async () => {
  const start = new StartCommand({ ...env, DATABASE_URL: 'postgres://ada:hidden@127.0.0.1:1/clips', APIFY_TOKEN: '' });
  expect(await start.ended()).toBe(1);
  expect(start.output).toContain('APIFY_TOKEN');
});

test('a database that cannot be reached is named without its password', async () => {
  const start = new StartCommand({
    ...env,
    DATABASE_URL: 'postgres://ada:hidden@127.0.0.1:1/clips',
    APIFY_TOKEN: 'token',
  });
  expect(await start.ended()).toBe(1);
  expect(start.output).toContain('ada@127.0.0.1:1/clips');
  expect(start.output).not.toContain('hidden');
});

test('without demo data the first start prints a link that makes the first admin, and the database stays real', async ({
  page,
}) => {
  test.setTimeout(180_000);
  // Nothing is there to be read, so the platforms are never asked.
  const real = { ...env, DEMO: '0', APIFY_TOKEN: 'token', APIFY_BASE_URL: 'http://127.0.0.1:1' };
  const start = new StartCommand(real);
  await start.untilSaid(/\/setup\?token=\S+/);
  expect(start.output).toMatch(/a day, and never more than \$5\.00/);
  const [link = ''] = /http\S+\/setup\?token=\S+/.exec(start.output) ?? [];
  await page.goto(link);
  await page.getByLabel('Name').fill('Ada Lindqvist');
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button').last().click();
  await expect(page.getByRole('button', { name: 'Account of Ada Lindqvist' }).first()).toBeVisible();
  await expectNothingLeft(start, () => start.signalTerminal('SIGINT'));

  const again = new StartCommand(real);
  await again.untilSaid(/^Ctrl-C stops everything/m);
  expect(again.output).not.toContain('/setup?token=');
  await expectNothingLeft(again, () => again.signalTerminal('SIGINT'));

  const simulated = new StartCommand(env);
  expect(await simulated.ended()).toBe(1);
  expect(simulated.output).toContain('This database holds real views');
});

async function startedDemo(): Promise<StartCommand> {
  const start = new StartCommand(env);
  await start.untilSaid(/^Ready: http/m);
  return start;
}

async function expectNothingLeft(start: StartCommand, end: () => void): Promise<void> {
  const processes = start.processes();
  // npm, the script, Postgres and its guard, tracker, web at least: fewer would mean that we look in the wrong place.
  expect(processes.length).toBeGreaterThan(5);
  end();
  await expect.poll(() => stillRunning(processes), { timeout: 40_000 }).toEqual([]);
}

function running(): Running {
  const found = findRunning(join(home, 'running.json'));
  if (!found) throw new Error('nothing runs');
  return found;
}

async function campaignTitles(): Promise<string[]> {
  const client = new Client({ connectionString: running().databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ title: string }>('SELECT title FROM campaigns ORDER BY title');
    return rows.map(({ title }) => title);
  } finally {
    await client.end();
  }
}
