import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPool, type Pool } from '@clipmeter/db/connect';
import { startEmbeddedPostgres } from '@clipmeter/db/embedded-postgres';
import { migrate } from '@clipmeter/db/migrate';

/** A migrated database of a benchmark. */
export interface BenchDatabase {
  /** Of the owner's login. */
  readonly url: string;
  /** Under the role of the apps, one connection: what is compared runs one after another. */
  readonly pool: Pool;
  /** Runs a script as the owner, on a connection of its own: for fixtures, which nothing is measured by. */
  load(sql: string): Promise<void>;
}

export interface BenchPostgres {
  createDatabase(name: string): Promise<BenchDatabase>;
  /** Ends the server and leaves nothing behind. */
  stop(): Promise<void>;
}

/** A Postgres of one's own with the settings of production: every commit is on the disk before it is answered. */
export async function startBenchPostgres(): Promise<BenchPostgres> {
  const home = await mkdtemp(path.join(tmpdir(), 'clipmeter-bench-'));
  await chmod(home, 0o755); // as root, the server runs as somebody else
  const server = await startEmbeddedPostgres({
    dataDir: path.join(home, 'data'),
    port: await freePort(),
    password: randomUUID(),
    removeDir: home,
  });
  const pools: Pool[] = [];
  return {
    async createDatabase(name) {
      const url = new URL(server.url);
      const admin = createPool({ url: url.href, role: 'owner', max: 1 });
      await admin.query(`CREATE DATABASE ${name}`);
      await admin.end();
      url.pathname = `/${name}`;
      await migrate(url.href);
      const pool = createPool({ url: url.href, max: 1, applicationName: 'bench' });
      pools.push(pool);
      return { url: url.href, pool, load: (sql) => loadAsOwner(url.href, sql) };
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Statement by statement: VACUUM refuses to be one of several. Rows are made without triggers and foreign keys. */
export async function loadAsOwner(url: string, sql: string): Promise<void> {
  const owner = createPool({ url, role: 'owner', max: 1, applicationName: 'bench-fixture' });
  const client = await owner.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query(`SET maintenance_work_mem = '256MB'`);
    for (const statement of sql.split(';\n')) if (statement.trim()) await client.query(statement);
  } finally {
    client.release();
    await owner.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a listening server has no port');
  return address.port;
}
