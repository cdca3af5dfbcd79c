import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, PostgresPortTaken, startEmbeddedPostgres } from '@clipmeter/db/embedded-postgres';
import { migrate } from '@clipmeter/db/migrate';
import { runAsAdmin } from '#src/run-as-admin.ts';

const ATTEMPTS_MAX = 5;

/** A server with a migrated template, from which databases are copied. Its data goes with it, even if we are killed. */
export async function startTestPostgres(): Promise<EmbeddedPostgres> {
  const server = await startServer();
  await migrate(server.url);
  // A template may have no connections but ours; nobody needs to connect to it again.
  await runAsAdmin(server.url, 'ALTER DATABASE clipmeter WITH IS_TEMPLATE true ALLOW_CONNECTIONS false');
  return server;
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

/** A port of loopback that nothing listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a listening server has no port');
  return address.port;
}
