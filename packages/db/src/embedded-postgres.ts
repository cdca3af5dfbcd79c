import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { type GuardedServer, startGuarded } from '#src/guarded-server.ts';
import { clusterMajor, initCluster, OWNER } from '#src/postgres-cluster.ts';
import { forgetPostgresHome, preparePostgresHome, SHARED_STATE_DIR } from '#src/postgres-home.ts';
import { clearStalePostmaster } from '#src/postmaster-pid.ts';
import { serverSettings } from '#src/server-settings.ts';

export interface EmbeddedPostgresOptions {
  dataDir: string;
  port: number;
  /** Of the owner; chosen by the caller, the same at every start of the same data. */
  password: string;
  log?: (line: string) => void;
  /** Server settings over ours, such as `{ fsync: 'off' }` for a test. */
  settings?: Record<string, string>;
  /** Where data may go that root's server cannot reach as asked. */
  sharedStateDir?: string;
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
  const home = await preparePostgresHome(options.dataDir, options.sharedStateDir ?? SHARED_STATE_DIR, log);
  await clearStalePostmaster(home.dataDir, log);
  const major = await clusterMajor(home.dataDir);
  if (major === null) {
    log(`Making a database cluster in ${home.dataDir}.`);
    await initCluster(home, options.password);
  } else if (major !== home.major) {
    throw new Error(`The data in ${home.dataDir} is of Postgres ${major}, and this is Postgres ${home.major}.`);
  }
  await assertPortFree(options.port);
  const server = startGuarded(home, { ...options, settings: { ...serverSettings(), ...options.settings } });
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
export async function removeEmbeddedPostgres(
  dataDir: string,
  log: (line: string) => void = () => {},
  sharedStateDir = SHARED_STATE_DIR,
): Promise<void> {
  await forgetPostgresHome(dataDir, sharedStateDir, (dir) => clearStalePostmaster(dir, log));
}

/** Connects until the server lets us, which at a start after a crash takes as long as its recovery. */
async function ready(url: URL, server: GuardedServer): Promise<void> {
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
        'Postgres refuses the password: its data was made with another one. Bring that .clipmeter/secrets.env back; `npm run reset` starts afresh.',
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
