import { createHash } from 'node:crypto';
import { chmod, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Account, canRun, canWriteIn, ownFolder, ownTree, postgresAccount } from '#src/postgres-account.ts';
import {
  completeBinaries,
  copyBinaries,
  exists,
  findNativePostgres,
  type NativePostgres,
} from '#src/postgres-binaries.ts';

/** Everything that is decided before a server can be made or started. */
export interface PostgresHome {
  account: Account | null;
  binDir: string;
  /** Where the data really is: as asked, but for root below a folder that only root may enter. */
  dataDir: string;
  /** The major version of the server. */
  major: string;
}

/** Root's own state, where unprivileged accounts can go; kept over a restart of the machine. */
export const SHARED_STATE_DIR = process.platform === 'darwin' ? '/usr/local/var/clipmeter' : '/var/lib/clipmeter';

/**
 * Finds, and if need be makes, a place for the data and a copy of the binaries that the account of the server can reach.
 * Says so before it puts anything outside of the folder it was asked to use.
 */
export async function preparePostgresHome(
  askedDataDir: string,
  sharedStateDir: string,
  log: (line: string) => void,
): Promise<PostgresHome> {
  const account = await postgresAccount();
  const native = await findNativePostgres();
  const dataDir = await reachableDataDir(path.resolve(askedDataDir), sharedStateDir, account, log);
  const nativeDir = await reachableBinaries(native, dataDir, account, log);
  return { account, binDir: path.join(nativeDir, 'bin'), dataDir, major: native.version.split('.')[0] ?? '' };
}

/** Removes the data for a folder that was asked for, and what was put elsewhere in its stead, after `stopServer`. */
export async function forgetPostgresHome(
  askedDataDir: string,
  sharedStateDir: string,
  stopServer: (dataDir: string) => Promise<void>,
): Promise<void> {
  const asked = path.resolve(askedDataDir);
  const elsewhere = sharedDir(sharedStateDir, asked);
  for (const dataDir of [asked, elsewhere]) if (await exists(dataDir)) await stopServer(dataDir);
  for (const own of [asked, `${asked}.replaced`]) await rm(own, { recursive: true, force: true });
  await rm(path.dirname(elsewhere), { recursive: true, force: true });
}

async function reachableDataDir(
  asked: string,
  sharedStateDir: string,
  account: Account | null,
  log: (line: string) => void,
): Promise<string> {
  const parent = path.dirname(asked);
  await mkdir(parent, { recursive: true });
  if (!account) return asked;
  const elsewhere = sharedDir(sharedStateDir, asked);
  if (await exists(elsewhere)) return elsewhere;
  const made = !(await exists(asked));
  if (made) await ownFolder(asked, account);
  if (await canWriteIn(asked, account)) return asked;
  log(`Only root may enter ${parent}, and Postgres does not run as root: its data goes to ${elsewhere}.`);
  for (const folder of [sharedStateDir, path.dirname(elsewhere)]) {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755); // whatever the umask
  }
  await ownFolder(elsewhere, account);
  return elsewhere;
}

/** One folder for each checkout, since two may have their data here. */
function sharedDir(sharedStateDir: string, asked: string): string {
  return path.join(sharedStateDir, createHash('sha256').update(asked).digest('hex').slice(0, 12), 'data');
}

async function reachableBinaries(
  native: NativePostgres,
  dataDir: string,
  account: Account | null,
  log: (line: string) => void,
): Promise<string> {
  const program = (dir: string) => path.join(dir, 'bin', 'postgres');
  // Where node_modules belongs to somebody else it may be complete already; whether it runs is tried below.
  const complete = await completeBinaries(native.dir).then(
    () => true,
    () => false,
  );
  if (complete && (!account || (await canRun(program(native.dir), account)))) return native.dir;
  const target = path.dirname(dataDir);
  log(`Postgres cannot run from ${native.dir}: its programs are copied to ${target}.`);
  const copied = await copyBinaries(native, target);
  await completeBinaries(copied);
  if (account) {
    await ownTree(path.dirname(copied), account);
    if (!(await canRun(program(copied), account)))
      throw new Error(`The account ${account.name} cannot run Postgres from ${copied}.`);
  }
  return copied;
}
