import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type AuditReport, runAudit } from '#src/audit.ts';
import { createPool } from '#src/connect.ts';
import { beginGeneration } from '#src/cursor-generation.ts';
import { startEmbeddedPostgres } from '#src/embedded-postgres.ts';
import { ownTree } from '#src/postgres-account.ts';
import { clusterMajor } from '#src/postgres-cluster.ts';
import { preparePostgresHome, SHARED_STATE_DIR } from '#src/postgres-home.ts';
import { clearStalePostmaster } from '#src/postmaster-pid.ts';

export interface RestoreOptions {
  /** What `takeBackup` made. */
  folder: string;
  /** Where the installation keeps its data, as `startEmbeddedPostgres` is told. */
  dataDir: string;
  /** Of the owner in the backup. */
  password: string;
  /** Free; for as long as the restored data is looked at. */
  port: number;
  /**
   * `try` starts a copy, audits it and throws it away, also beside a running server. `replace` keeps data that is there
   * under another name; `fill` refuses if there is any.
   */
  mode: 'try' | 'fill' | 'replace';
  log?: (line: string) => void;
  sharedStateDir?: string;
  settings?: Record<string, string>;
}

export interface Restored {
  /** When the backup began, in Postgres's words. */
  takenAt: string;
  report: AuditReport;
  /** Where the data is now; null for a trial, and if the audit found a difference. */
  dataDir: string | null;
  /** Where the data that was there before is kept. */
  replacedDir: string | null;
}

/** For people: why nothing was restored. */
export class RestoreRefused extends Error {}

/**
 * Puts a backup in the place of the installation's data. It is copied beside that place, recovered there, given a new
 * generation of cursors and audited, and takes the place only then: whatever fails before, what is there stays as it is.
 * Nothing may use the data meanwhile, unless it is a trial.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { folder, mode, log = () => {}, sharedStateDir = SHARED_STATE_DIR } = options;
  const label = await readFile(path.join(folder, 'backup_label'), 'utf8').catch(() => null);
  const major = await clusterMajor(folder);
  if (label === null || major === null)
    throw new RestoreRefused(`${folder} is no complete backup: it has no backup_label or no PG_VERSION.`);
  const home = await preparePostgresHome(options.dataDir, sharedStateDir, log);
  if (major !== home.major)
    throw new RestoreRefused(`The backup is of Postgres ${major}, and this is Postgres ${home.major}.`);
  const isThere = (await clusterMajor(home.dataDir)) !== null;
  if (mode === 'fill' && isThere)
    throw new RestoreRefused(
      `There is data in ${home.dataDir} already, and nothing was changed. With --replace it is kept under another name.`,
    );
  if (mode !== 'try') await clearStalePostmaster(home.dataDir, log); // throws if somebody uses it

  const restored = `${home.dataDir}.restored`;
  await rm(restored, { recursive: true, force: true });
  try {
    log(`Copying the backup to ${restored}.`);
    await cp(folder, restored, { recursive: true });
    await writeFile(path.join(restored, 'recovery.signal'), '', { mode: 0o600 });
    if (home.account) await ownTree(restored, home.account);
    const report = await recover(restored, options);
    const takenAt = /^START TIME: (.*)$/m.exec(label)?.[1] ?? 'an unknown time';
    if (mode === 'try' || report.differences > 0) return { takenAt, report, dataDir: null, replacedDir: null };
    const replacedDir = isThere ? `${home.dataDir}.replaced` : null;
    await exchange(restored, home.dataDir, replacedDir);
    return { takenAt, report, dataDir: home.dataDir, replacedDir };
  } finally {
    await rm(restored, { recursive: true, force: true });
  }
}

async function exchange(restored: string, dataDir: string, replacedDir: string | null): Promise<void> {
  await rm(replacedDir ?? dataDir, { recursive: true, force: true });
  if (replacedDir !== null) await rename(dataDir, replacedDir);
  try {
    await rename(restored, dataDir);
  } catch (error) {
    if (replacedDir !== null) await rename(replacedDir, dataDir);
    throw error;
  }
}

/**
 * Replays the log that came with the backup on a timeline of its own, so that what was written after the backup is never
 * taken for a continuation of what is written from now on; begins a new generation of cursors; looks at the result.
 */
async function recover(
  dataDir: string,
  { password, port, log = () => {}, settings = {} }: RestoreOptions,
): Promise<AuditReport> {
  const server = await startEmbeddedPostgres({
    dataDir,
    port,
    password,
    log,
    // Nobody is let in before the end of the recovery, and there is no log but the backup's own.
    settings: { ...settings, restore_command: 'false', hot_standby: 'off' },
  });
  try {
    const pool = createPool({ url: server.url, max: 1, applicationName: 'clipmeter-restore' });
    try {
      await beginGeneration(pool);
      log('Comparing every balance with the rows that caused it.');
      return await runAudit(pool);
    } finally {
      await pool.end();
    }
  } finally {
    await server.stop();
  }
}
