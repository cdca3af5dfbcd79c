import { createHash } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Account, canRun, canWriteIn, ownFolder, ownTree, postgresAccount } from '#src/postgres-account.ts';
import { completeBinaries, copyBinaries, exists, findNativePostgres } from '#src/postgres-binaries.ts';

/** Everything that is decided before a server can be made or started. */
export interface PostgresHome {
  account: Account | null;
  binDir: string;
  /** Where the data really is: as asked, but for root below a folder that only root may enter. */
  dataDir: string;
}

/** Root's own state, where unprivileged accounts can go; kept over a restart of the machine. */
const SHARED_STATE_DIR = process.platform === 'darwin' ? '/usr/local/var/clipmeter' : '/var/lib/clipmeter';

/**
 * Finds, and if need be makes, a place for the data and a copy of the binaries that the account of the server can reach.
 * Says so before it puts anything outside of the folder it was asked to use.
 */
export async function preparePostgresHome(askedDataDir: string, log: (line: string) => void): Promise<PostgresHome> {
  const account = await postgresAccount();
  const asked = path.resolve(askedDataDir);
  const dataDir = await reachableDataDir(asked, account, log);
  return { account, binDir: path.join(await reachableBinaries(dataDir, account, log), 'bin'), dataDir };
}

/** Where the data for `askedDataDir` is, without making anything. */
export async function postgresDataDir(askedDataDir: string): Promise<string> {
  const asked = path.resolve(askedDataDir);
  const elsewhere = sharedDir(asked);
  return (await exists(elsewhere)) ? elsewhere : asked;
}

async function reachableDataDir(asked: string, account: Account | null, log: (line: string) => void): Promise<string> {
  const parent = path.dirname(asked);
  await mkdir(parent, { recursive: true });
  if (!account) return asked;
  const elsewhere = sharedDir(asked);
  if (await exists(elsewhere)) return elsewhere;
  const made = !(await exists(asked));
  if (made) await ownFolder(asked, account);
  if (await canWriteIn(asked, account)) return asked;
  log(`Only root may enter ${parent}, and Postgres does not run as root: its data goes to ${elsewhere}.`);
  await mkdir(SHARED_STATE_DIR, { recursive: true });
  await chmod(SHARED_STATE_DIR, 0o755);
  await mkdir(path.dirname(elsewhere), { recursive: true });
  await chmod(path.dirname(elsewhere), 0o755);
  await ownFolder(elsewhere, account);
  return elsewhere;
}

/** One folder for each checkout, since two may have their data here. */
function sharedDir(asked: string): string {
  return path.join(SHARED_STATE_DIR, createHash('sha256').update(asked).digest('hex').slice(0, 12), 'data');
}

async function reachableBinaries(
  dataDir: string,
  account: Account | null,
  log: (line: string) => void,
): Promise<string> {
  const native = await findNativePostgres();
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
