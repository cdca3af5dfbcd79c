import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/**
 * Stands between whoever wants a Postgres and the server: a process of its own that ends the server when its parent is
 * gone, however that ended (even kill -9, of which a process cannot take leave). It is forked into a session of its own,
 * so a Ctrl-C or a closed terminal reaches the parent first, which may still want the database.
 */
export interface GuardOrder {
  program: string;
  args: string[];
  env: Record<string, string>;
  uid: number | null;
  gid: number | null;
  /** Removed when the server has ended: data of a test. */
  removeDir: string | null;
}

export type GuardReport = { kind: 'log'; line: string } | { kind: 'exited'; code: number | null };

const FAST_LIMIT_MS = 8_000;

function report(message: GuardReport): void {
  // The parent may be gone between the question and the answer; then nobody wants to know.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

function guard(order: GuardOrder): void {
  const ids = order.uid === null || order.gid === null ? {} : { uid: order.uid, gid: order.gid };
  const server = spawn(order.program, order.args, {
    ...ids,
    cwd: '/',
    env: order.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  createInterface({ input: server.stderr }).on('line', (line) => report({ kind: 'log', line }));

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.kill('SIGINT'); // fast shutdown: sessions are ended, data is written
    setTimeout(() => server.kill('SIGQUIT'), FAST_LIMIT_MS).unref(); // immediate: recovery at the next start
  };
  process.on('disconnect', stop);
  process.on('message', stop);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  server.on('error', (error) => report({ kind: 'log', line: error.message }));
  server.on('close', async (code) => {
    if (order.removeDir) await rm(order.removeDir, { recursive: true, force: true, maxRetries: 3 });
    report({ kind: 'exited', code });
    if (process.connected) process.disconnect?.();
  });
}

process.once('message', (order: GuardOrder) => guard(order));
