import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How long a guard whose parent was killed may take to end its server before we call it somebody else's. */
const GUARD_GRACE_MS = 5_000;
const STOP_LIMIT_MS = 30_000;
const POLL_MS = 50;

/**
 * Deals with what an earlier run left in postmaster.pid, so that a start can follow: a file whose process is gone (or is
 * by now another program) is removed; a server of this very folder whose guard was killed is stopped. Throws if the
 * server still has its guard: another start is using this data.
 */
export async function clearStalePostmaster(dataDir: string, log: (line: string) => void): Promise<void> {
  const file = path.join(dataDir, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return rm(file, { force: true });
  if (!(await isPostmasterOf(pid, dataDir))) {
    if (isAlive(pid))
      log(`postmaster.pid names process ${pid}, which is not the Postgres of ${dataDir}: it is removed.`);
    return rm(file, { force: true });
  }
  if (await waitUntil(async () => !(await hasGuard(pid)), GUARD_GRACE_MS)) {
    if (isAlive(pid)) await stopPostmaster(pid, log);
    return rm(file, { force: true });
  }
  throw new Error(`Another Clipmeter is running on ${dataDir} (Postgres is process ${pid}): stop that one first.`);
}

async function stopPostmaster(pid: number, log: (line: string) => void): Promise<void> {
  log(`Stopping the Postgres that an earlier run left behind (process ${pid}).`);
  signal(pid, 'SIGINT');
  if (await waitUntil(async () => !isAlive(pid), STOP_LIMIT_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntil(async () => !isAlive(pid), STOP_LIMIT_MS)) return;
  throw new Error(`The Postgres that an earlier run left behind (process ${pid}) does not end: stop it by hand.`);
}

async function isPostmasterOf(pid: number, dataDir: string): Promise<boolean> {
  const args = await commandLine(pid);
  return args.includes('postgres') && args.includes(` -D ${dataDir} `); // whole: another's folder may begin alike
}

async function hasGuard(pid: number): Promise<boolean> {
  const parent = await parentOf(pid);
  return parent > 1 && (await commandLine(parent)).includes('postgres-guard');
}

/** Empty if there is no such process. /proc where there is one (small systems have no ps), ps elsewhere. */
async function commandLine(pid: number): Promise<string> {
  const proc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (proc !== null) return proc.replaceAll('\0', ' ');
  return run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

async function parentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  if (status !== null) return Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  return run('ps', ['-o', 'ppid=', '-p', String(pid)]).then(
    ({ stdout }) => Number(stdout.trim()),
    () => 0,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function waitUntil(condition: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const limit = Date.now() + limitMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= limit) return false;
    await sleep(POLL_MS);
  }
}
