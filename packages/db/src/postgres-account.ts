import { execFile } from 'node:child_process';
import { chown, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom the server runs as, where that is not ourselves. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Postgres refuses to run as root. Accounts that nearly every system has; none is ever created. */
const CANDIDATES = ['postgres', '_postgres', 'nobody'];

/** None for an ordinary user, who runs the server himself; for root, an unprivileged account that exists. */
export async function postgresAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of CANDIDATES) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => null);
    if (!ids) continue;
    const [uid, gid] = ids.map(({ stdout }) => Number(stdout.trim()));
    if (uid && gid !== undefined && Number.isInteger(uid)) return { name, uid, gid };
  }
  throw new Error(
    `Postgres does not run as root, and this system has none of the accounts ${CANDIDATES.join(', ')} to run it as.`,
  );
}

/** Whether the account can enter a folder and write in it (tried, not computed: ACLs and mounts have a say too). */
export async function canWriteIn(folder: string, account: Account): Promise<boolean> {
  return asAccount('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], account);
}

/** Whether the account can run a program with its libraries. */
export async function canRun(program: string, account: Account): Promise<boolean> {
  return asAccount(program, ['--version'], account);
}

async function asAccount(program: string, args: string[], { uid, gid }: Account): Promise<boolean> {
  return run(program, args, { uid, gid, cwd: '/', env: { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' } }).then(
    () => true,
    () => false,
  );
}

/** Makes a folder that belongs to the account, or to ourselves where there is none. */
export async function ownFolder(folder: string, account: Account | null): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (account) await chown(folder, account.uid, account.gid);
}

/** Hands a whole tree over. Symbolic links in it stay as they are. */
export async function ownTree(folder: string, account: Account): Promise<void> {
  await chown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) await ownTree(child, account);
    else if (entry.isFile()) await chown(child, account.uid, account.gid);
  }
}
