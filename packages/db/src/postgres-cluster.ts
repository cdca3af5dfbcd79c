import { spawn } from 'node:child_process';
import { chown, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ownFolder } from '#src/postgres-account.ts';
import type { PostgresHome } from '#src/postgres-home.ts';

/** The login that owns everything in an embedded server. */
export const OWNER = 'postgres';

/** The major version that made the data in a folder, or null if there is none. */
export async function clusterMajor(dataDir: string): Promise<string | null> {
  return readFile(path.join(dataDir, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}

/** Made beside its place and renamed into it, so that one cut short is never taken for a cluster. */
export async function initCluster({ account, binDir, dataDir }: PostgresHome, password: string): Promise<void> {
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
export function serverEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
}
