import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { ClusterCopy, syncFolder } from '#src/cluster-copy.ts';
import { connectionConfig } from '#src/connect.ts';

export interface BackupOptions {
  /** Of a superuser of a server whose data folder is on this machine. */
  url: string;
  /** Is made; must not exist, or be empty. */
  folder: string;
  log?: (line: string) => void;
}

export interface Backup {
  files: number;
  bytes: number;
}

const CONTROL_FILE = path.join('global', 'pg_control');

/**
 * Copies a running cluster, while it is written to: Postgres's low-level base backup. The files are of different moments;
 * the write-ahead log of the time that the copy took, which is copied after them, makes them one. The folder gets its name
 * only when everything is in it and on the disk. Throws, and leaves nothing, if anything is missing.
 */
export async function takeBackup({ url, folder, log = () => {} }: BackupOptions): Promise<Backup> {
  await assertNothingIn(folder);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  // One connection from beginning to end: the backup and the slot that keeps the log are the session's.
  const client = new Client(connectionConfig({ url, role: 'owner', applicationName: 'clipmeter-backup' }));
  client.on('error', () => {}); // the query that waits is told
  await client.connect();
  try {
    const dataDir = await findDataDir(client);
    if (path.resolve(folder).startsWith(path.join(dataDir, '/')))
      throw new Error(`${folder} is inside the data that is to be copied: name a folder elsewhere.`);
    await mkdir(partial, { recursive: true, mode: 0o700 });
    const backup = await copyCluster(client, dataDir, partial, log);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    await syncFolder(path.dirname(folder));
    return backup;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function assertNothingIn(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries.length > 0) throw new Error(`${folder} is not empty: name a folder that does not exist yet.`);
}

async function findDataDir(client: Client): Promise<string> {
  const { rows } = await client.query<{ folder: string; identifier: string; tablespaces: string }>(
    `SELECT current_setting('data_directory') AS folder, (SELECT system_identifier::text FROM pg_control_system()) AS identifier,
            (SELECT count(*) FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')) AS tablespaces`,
  );
  const [row] = rows;
  if (!row) throw new Error('The server did not say where its data is.');
  if (row.tablespaces !== '0') throw new Error('The cluster has tablespaces of its own: use pg_basebackup.');
  const control = await readFile(path.join(row.folder, CONTROL_FILE)).catch(() => null);
  // Its first eight bytes, in the machine's own order.
  const identifier = control && [control.readBigUInt64LE(0), control.readBigUInt64BE(0)].map(String);
  if (!identifier?.includes(row.identifier))
    throw new Error(`The data of this server (${row.folder}) cannot be read from here: use pg_basebackup or pg_dump.`);
  return row.folder;
}

async function copyCluster(
  client: Client,
  dataDir: string,
  target: string,
  log: (line: string) => void,
): Promise<Backup> {
  await client.query(`SELECT pg_create_physical_replication_slot('clipmeter_backup_' || pg_backend_pid(), true, true)`);
  log('Waiting for a checkpoint.');
  const started = await client.query<{ lsn: string }>(`SELECT pg_backup_start('clipmeter', fast => true) AS lsn`);
  log(`Copying ${dataDir}.`);
  const copy = new ClusterCopy(dataDir, target);
  await copy.everythingBut(CONTROL_FILE);
  await copy.file(CONTROL_FILE); // last, as pg_basebackup does: nothing that it says is ahead of the rest
  const stopped = await client.query<{ lsn: string; labelfile: string; spcmapfile: string }>(
    'SELECT lsn, labelfile, spcmapfile FROM pg_backup_stop(wait_for_archive => false)',
  );
  const [start, stop] = [started.rows[0], stopped.rows[0]];
  if (!start || !stop) throw new Error('The server did not say where the backup begins and ends.');
  await writeFile(path.join(target, 'backup_label'), stop.labelfile, { mode: 0o600 });
  await copy.noteWritten('backup_label');
  await copyLog(client, copy, dataDir, start.lsn, stop.lsn);
  for (const needed of ['PG_VERSION', CONTROL_FILE])
    if (!copy.has(needed)) throw new Error(`${needed} was not there to be copied.`);
  log('Writing everything to the disk.');
  await copy.sync();
  return { files: copy.files, bytes: copy.bytes };
}

/** The segments of the log from the beginning of the backup to its end, each whole, and what tells of earlier timelines. */
async function copyLog(client: Client, copy: ClusterCopy, dataDir: string, start: string, stop: string): Promise<void> {
  const { rows } = await client.query<{ name: string; size: string }>(
    `WITH segment AS (SELECT setting::numeric AS size FROM pg_settings WHERE name = 'wal_segment_size')
     SELECT pg_walfile_name('0/0'::pg_lsn + n * size + 1) AS name, size
     FROM segment, generate_series(div($1::pg_lsn - '0/0'::pg_lsn, size), div($2::pg_lsn - '0/0'::pg_lsn - 1, size)) AS n`,
    [start, stop],
  );
  for (const { name, size } of rows) {
    const copied = await copy.file(path.join('pg_wal', name));
    if (copied !== Number(size)) throw new Error(`The log's segment ${name} is gone or not whole.`);
  }
  const histories = (await readdir(path.join(dataDir, 'pg_wal'))).filter((name) => name.endsWith('.history'));
  for (const name of histories) await copy.file(path.join('pg_wal', name));
}
