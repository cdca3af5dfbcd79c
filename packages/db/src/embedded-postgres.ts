import { type ChildProcess, fork, spawn } from 'node:child_process';
import { chown, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, DatabaseError } from 'pg';
import { ownFolder } from '#src/postgres-account.ts';
import { exists } from '#src/postgres-binaries.ts';
import type { GuardOrder, GuardReport } from '#src/postgres-guard.ts';
import { type PostgresHome, postgresDataDir, preparePostgresHome } from '#src/postgres-home.ts';
import { clearStalePostmaster } from '#src/postmaster-pid.ts';

export interface EmbeddedPostgresOptions {
  dataDir: string;
  port: number;
  /** Of the owner; chosen by the caller, the same at every start of the same data. */
  password: string;
  log?: (line: string) => void;
  /** Server settings over ours, such as `{ fsync: 'off' }` for a test. */
  settings?: Record<string, string>;
  /** Remove this folder once the server has ended, even if we are killed: for tests. */
  removeDir?: string;
}

export interface EmbeddedPostgres {
  /** Of the owner's login and the database `clipmeter`. */
  url: string;
  /** Where the data is; elsewhere than asked if root's server could not reach it. */
  dataDir: string;
  /** Resolves when the server has ended by itself or was killed. */
  ended: Promise<void>;
  /** A fast shutdown. Safe to repeat. */
  stop(): Promise<void>;
}

/** The port is in use. A caller that knows its variables can name another one. */
export class PostgresPortTaken extends Error {
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is taken, so Postgres cannot listen on it.`);
    this.port = port;
  }
}

const OWNER = 'postgres';
const DATABASE = 'clipmeter';
const START_LIMIT_MS = 60_000;
const POLL_MS = 25;

/**
 * Starts the real Postgres that came from npm, on loopback only, and makes its cluster and the database first if they
 * are not there. As root the server runs as an unprivileged account; its data may then go elsewhere, which is logged.
 * It ends with this process, however that ends.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const home = await preparePostgresHome(options.dataDir, log);
  await clearStalePostmaster(home.dataDir, log);
  if (!(await exists(path.join(home.dataDir, 'PG_VERSION')))) {
    log(`Making a database cluster in ${home.dataDir}.`);
    await initCluster(home, options.password);
  }
  await assertPortFree(options.port);
  const server = await startGuarded(home, options);
  const url = new URL(`postgres://${OWNER}@127.0.0.1:${options.port}/${DATABASE}`);
  url.password = options.password;
  try {
    await ready(url, server);
    await createDatabase(url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: url.href, dataDir: home.dataDir, ended: server.ended, stop: server.stop };
}

/** Stops a server left behind and removes its data, wherever it went. For `npm run reset`. */
export async function removeEmbeddedPostgres(dataDir: string, log: (line: string) => void = () => {}): Promise<void> {
  for (const dir of new Set([await postgresDataDir(dataDir), path.resolve(dataDir)])) {
    await clearStalePostmaster(dir, log);
    await rm(dir, { recursive: true, force: true });
  }
}

/** Made beside its place and renamed into it, so that one cut short is never taken for a cluster. */
async function initCluster({ account, binDir, dataDir }: PostgresHome, password: string): Promise<void> {
  const secretDir = await mkdtemp(path.join(tmpdir(), 'clipmeter-init-'));
  const passwordFile = path.join(secretDir, 'password');
  // A folder inside, because only the data folder itself is sure to be the account's.
  const partial = path.join(dataDir, 'partial');
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account) for (const file of [secretDir, passwordFile]) await chown(file, account.uid, account.gid);
    await ownFolder(dataDir, account);
    await rm(partial, { recursive: true, force: true });
    await runInitdb(path.join(binDir, 'initdb'), account, [
      `--pgdata=${partial}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8', // letters beyond ASCII fold and sort the same on every system
      '--no-instructions',
    ]);
  } finally {
    await rm(secretDir, { recursive: true, force: true });
  }
  const parked = `${dataDir}.new`;
  await rm(parked, { recursive: true, force: true });
  await rename(partial, parked);
  await rm(dataDir, { recursive: true, force: true });
  await rename(parked, dataDir);
}

async function runInitdb(program: string, account: PostgresHome['account'], args: string[]): Promise<void> {
  const ids = account ? { uid: account.uid, gid: account.gid } : {};
  const child = spawn(program, args, { ...ids, cwd: '/', env: serverEnv(), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`initdb failed: ${said.trim()}`);
}

/** Nothing of ours but the path: PG* variables and the locale of the machine must not decide what we get. */
function serverEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
}

interface Guarded {
  ended: Promise<void>;
  hasEnded(): boolean;
  lastLines: string[];
  stop(): Promise<void>;
}

async function startGuarded(home: PostgresHome, options: EmbeddedPostgresOptions): Promise<Guarded> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '', // a socket's path may have 107 characters; a checkout's may have more
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    max_connections: '120',
    ...options.settings,
  };
  const order: GuardOrder = {
    program: path.join(home.binDir, 'postgres'),
    args: ['-D', home.dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: serverEnv(),
    uid: home.account?.uid ?? null,
    gid: home.account?.gid ?? null,
    removeDir: options.removeDir ?? null,
  };
  const guard: ChildProcess = fork(fileURLToPath(new URL('./postgres-guard.ts', import.meta.url)), [], {
    detached: true,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  const lastLines: string[] = [];
  guard.on('message', (message: GuardReport) => {
    if (message.kind !== 'log') return;
    options.log?.(message.line);
    lastLines.push(message.line);
    if (lastLines.length > 20) lastLines.shift();
  });
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    guard.on('error', () => resolve()).on('exit', () => resolve());
  }).then(() => {
    gone = true;
  });
  guard.send(order);
  // The guard must not keep us alive: a program that has nothing else to do may end, and the server with it.
  guard.unref();
  guard.channel?.unref();
  const stop = async () => {
    if (!gone && guard.connected) guard.send('stop');
    guard.ref();
    await ended;
  };
  return { ended, hasEnded: () => gone, lastLines, stop };
}

/** Connects until the server lets us, which at a start after a crash takes as long as its recovery. */
async function ready(url: URL, server: Guarded): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  for (;;) {
    if (server.hasEnded()) throw new Error(`Postgres did not start: ${server.lastLines.join('\n')}`);
    const client = new Client({ connectionString: adminUrl(url) });
    client.on('error', () => {});
    const failure = await client.connect().then(
      () => null,
      (error: Error) => error,
    );
    await client.end().catch(() => {});
    if (failure === null) return;
    if (failure instanceof DatabaseError && failure.code === '28P01')
      throw new Error(
        'Postgres refuses the password: its data was made with another one (`npm run reset` starts afresh).',
      );
    if (Date.now() > limit) throw new Error(`Postgres does not answer: ${failure.message}`);
    await sleep(POLL_MS);
  }
}

async function createDatabase(url: URL): Promise<void> {
  const client = new Client({ connectionString: adminUrl(url) });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function adminUrl(url: URL): string {
  const admin = new URL(url);
  admin.pathname = '/postgres';
  return admin.href;
}

async function assertPortFree(port: number): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PostgresPortTaken(port);
    throw error;
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}

export async function clusterMajor(dataDir: string): Promise<string> {
  return (await readFile(path.join(dataDir, 'PG_VERSION'), 'utf8')).trim();
}
