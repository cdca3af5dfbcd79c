import { fork } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  type EmbeddedPostgres,
  PostgresPortTaken,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '#src/embedded-postgres.ts';

const IS_ROOT = process.getuid?.() === 0;
const FIXTURE = fileURLToPath(new URL('./embedded-postgres.fixture.ts', import.meta.url));
const password = 'p@ss w/örd';
let home: string;
let dataDir: string;
let port: number;
let said: string[];

// One cluster for all of them: each test ends with a server that is stopped or killed, as real ones are.
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'clipmeter test '));
  await chmod(home, 0o755);
  dataDir = path.join(home, 'the data');
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => probe.close(resolve));
});
afterAll(async () => {
  await removeEmbeddedPostgres(dataDir, () => {}, path.join(home, 'shared'));
  await rm(home, { recursive: true, force: true });
});

beforeEach(() => {
  said = [];
});

function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const log = (line: string) => void said.push(line);
  return startEmbeddedPostgres({ dataDir: folder, port, password, log, sharedStateDir: path.join(home, 'shared') });
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(path.join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function startElsewhere(): Promise<{ kill(): void; guardPid: number; pid: number }> {
  const parent = fork(FIXTURE, [dataDir, String(port), password], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await new Promise((resolve) => parent.once('message', resolve));
  const pid = await postmasterPid();
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return { kill: () => void parent.kill('SIGKILL'), guardPid: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), pid };
}

test('a cluster is made in a path with spaces, on loopback, in UTF-8 on a machine without a locale', async () => {
  const server = await start();
  const [row] = await ask(
    server.url,
    `SELECT current_database() AS name, current_setting('server_encoding') AS encoding, lower('ÄÉ') AS lower,
            current_setting('listen_addresses') AS listens, current_setting('unix_socket_directories') AS sockets`,
  );
  expect(row).toEqual({ name: 'clipmeter', encoding: 'UTF8', lower: 'äé', listens: '127.0.0.1', sockets: '' });
  await server.stop();
  await server.stop();
});

test('a second start goes on with the data of the first', async () => {
  const first = await start();
  await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS id');
  await first.stop();
  const second = await start();
  expect(await ask(second.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  await second.stop();
});

test('a taken port is told as such', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  await expect(start()).rejects.toThrow(PostgresPortTaken);
  await new Promise((resolve) => other.close(resolve));
});

test('two starts do not share one folder', { timeout: 30_000 }, async () => {
  const server = await start();
  await expect(start()).rejects.toThrow(/Another Clipmeter is running on/);
  await server.stop();
});

test('another password than the data was made with is told in one sentence', async () => {
  await (await start()).stop();
  await expect(startEmbeddedPostgres({ dataDir, port, password: 'another' })).rejects.toThrow(/made with another one/);
});

test('kill -9 of the program that wanted the server leaves no server', async () => {
  const { kill, pid } = await startElsewhere();
  kill();
  await vi.waitUntil(() => !isAlive(pid), { timeout: 20_000 });
  await (await start()).stop();
});

test.runIf(process.platform === 'linux')(
  'a server whose guard was killed too is stopped by the next start',
  async () => {
    const { kill, guardPid, pid } = await startElsewhere();
    process.kill(guardPid, 'SIGKILL');
    kill();
    await vi.waitUntil(() => !isAlive(guardPid), { timeout: 20_000 });
    expect(isAlive(pid)).toBe(true);
    const server = await start();
    expect(isAlive(pid)).toBe(false);
    expect(said.join('\n')).toContain('Stopping the Postgres that an earlier run left behind');
    await server.stop();
  },
);

test('a server that was killed itself recovers at the next start', async () => {
  const { kill, pid } = await startElsewhere();
  process.kill(pid, 'SIGKILL');
  kill();
  await vi.waitUntil(() => !isAlive(pid), { timeout: 20_000 });
  await (await start()).stop();
});

test('a postmaster.pid that names another program is removed, and that program left alone', async () => {
  await (await start()).stop();
  await writeFile(path.join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
  await (await start()).stop();
  expect(said.join('\n')).toContain('which is not the Postgres of');
});

test('a first start that was cut short is begun again', async () => {
  const folder = path.join(home, 'begun');
  await mkdir(path.join(folder, 'partial', 'base'), { recursive: true });
  await (await start(folder)).stop();
});

test.runIf(IS_ROOT)(
  'below a folder that only root may enter, the data goes where the server can, and that is said',
  async () => {
    const closed = path.join(home, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const folder = path.join(closed, 'data');
    const server = await start(folder);
    expect(server.dataDir).not.toBe(folder);
    expect(said.join('\n')).toContain(`Only root may enter ${closed}`);
    expect((await stat(server.dataDir)).uid).not.toBe(0);
    await server.stop();
    await removeEmbeddedPostgres(folder, () => {}, path.join(home, 'shared'));
    await expect(stat(server.dataDir)).rejects.toMatchObject({ code: 'ENOENT' });
  },
);
