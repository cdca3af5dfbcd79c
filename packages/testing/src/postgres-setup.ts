import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, PostgresPortTaken, startEmbeddedPostgres } from '@clipmeter/db/embedded-postgres';
import { migrate } from '@clipmeter/db/migrate';
import type { TestProject } from 'vitest/node';
import { runAsAdmin } from '#src/run-as-admin.ts';
import type {} from '#src/test-database.ts';

const ATTEMPTS_MAX = 5;

/** One server for a whole run of vitest, with a migrated template. Its data goes with it, even if the run is killed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  await migrate(server.url);
  // A template may have no connections but ours; nobody needs to connect to it again.
  await runAsAdmin(server.url, 'ALTER DATABASE clipmeter WITH IS_TEMPLATE true ALLOW_CONNECTIONS false');
  project.provide('templateUrl', server.url);
  return () => server.stop();
}

async function startServer(): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt += 1) {
    const home = await mkdtemp(path.join(tmpdir(), 'clipmeter-test-'));
    await chmod(home, 0o755); // as root, the server runs as somebody else
    try {
      return await startEmbeddedPostgres({
        dataDir: path.join(home, 'data'),
        port: await freePort(),
        password: randomUUID(),
        removeDir: home,
        // A test's data need not outlive the power going out.
        settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
      });
    } catch (error) {
      // Somebody took the port between the question and the start.
      if (!(error instanceof PostgresPortTaken) || attempt >= ATTEMPTS_MAX) throw error;
    }
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
