import { fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverEnv } from '#src/postgres-cluster.ts';
import type { GuardOrder, GuardReport } from '#src/postgres-guard.ts';
import type { PostgresHome } from '#src/postgres-home.ts';

export interface GuardedServerOptions {
  port: number;
  settings?: Record<string, string>;
  log?: (line: string) => void;
  removeDir?: string;
}

/** A server under its guard. */
export interface GuardedServer {
  ended: Promise<void>;
  hasEnded(): boolean;
  lastLines: string[];
  stop(): Promise<void>;
}

/** Forks the guard, which starts the server and outlives neither it nor us. */
export function startGuarded(home: PostgresHome, options: GuardedServerOptions): GuardedServer {
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
  const guard = fork(fileURLToPath(new URL('./postgres-guard.ts', import.meta.url)), [], {
    detached: true,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  const lastLines: string[] = [];
  guard.on('message', (message: GuardReport) => {
    // The answer to our own first knocks is no news.
    if (message.kind !== 'log' || message.line.includes('the database system is starting up')) return;
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
