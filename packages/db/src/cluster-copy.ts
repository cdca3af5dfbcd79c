import { mkdir, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const CHUNK_BYTES = 2 ** 18;
const FILES_AT_ONCE = 16;

/** What the server makes anew or must not find; their folders stay, empty. The list of Postgres's own documentation. */
const EMPTIED = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
]);
const LEFT_OUT = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'backup_label',
  'backup_label.old',
  'tablespace_map',
  'tablespace_map.old',
  'current_logfiles',
  'postgresql.auto.conf.tmp',
]);
const LEFT_OUT_BEGINNINGS = ['pgsql_tmp', 'pg_internal.init'];

/** Copies out of a folder that is written to meanwhile, and remembers what has to be on the disk in the end. */
export class ClusterCopy {
  readonly #from: string;
  readonly #to: string;
  readonly #files = new Set<string>();
  readonly #folders: string[] = [];
  bytes = 0;

  constructor(from: string, to: string) {
    this.#from = from;
    this.#to = to;
  }

  get files(): number {
    return this.#files.size;
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  /** All that a backup needs but the log and one file. What vanishes meanwhile was dropped; the log knows of it. */
  everythingBut(later: string): Promise<void> {
    return this.#folder('', later);
  }

  async #folder(relative: string, later: string): Promise<void> {
    await mkdir(path.join(this.#to, relative), { recursive: true, mode: 0o700 });
    this.#folders.push(relative);
    const entries = await orVanished(readdir(path.join(this.#from, relative), { withFileTypes: true }));
    const files: string[] = [];
    for (const entry of entries ?? []) {
      const child = path.join(relative, entry.name);
      if (isLeftOut(entry.name) || child === later) continue;
      if (entry.isDirectory()) await (EMPTIED.has(child) ? this.#emptyFolder(child) : this.#folder(child, later));
      else if (entry.isFile()) files.push(child);
      else throw new Error(`${child} is neither a file nor a folder: use pg_basebackup.`);
    }
    await severalAtOnce(files, (file) => this.file(file));
  }

  async #emptyFolder(relative: string): Promise<void> {
    await mkdir(path.join(this.#to, relative), { recursive: true, mode: 0o700 });
    this.#folders.push(relative);
    if (relative !== 'pg_wal') return;
    // The server expects these in it.
    for (const name of ['archive_status', 'summaries']) await this.#emptyFolder(path.join(relative, name));
  }

  /** Its size in bytes, or null if it had vanished. */
  async file(relative: string): Promise<number | null> {
    const source = await orVanished(open(path.join(this.#from, relative), 'r'));
    if (source === null) return null;
    await using target = await open(path.join(this.#to, relative), 'wx', 0o600);
    try {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      // Not copyFile, which waits for ever for the rest of a file that is cut off meanwhile, as one that is dropped is.
      for (;;) {
        const { bytesRead } = await source.read(chunk, 0, chunk.length);
        if (bytesRead === 0) break;
        await target.writeFile(chunk.subarray(0, bytesRead));
      }
    } finally {
      await source.close();
    }
    return this.noteWritten(relative);
  }

  /** Counts a file that is there, and has it synced. */
  async noteWritten(relative: string): Promise<number> {
    this.#files.add(relative);
    const { size } = await stat(path.join(this.#to, relative));
    this.bytes += size;
    return size;
  }

  /** Returns when everything is on the disk. */
  async sync(): Promise<void> {
    await severalAtOnce([...this.#files], (file) => syncFile(path.join(this.#to, file)));
    for (const relative of this.#folders) await syncFolder(path.join(this.#to, relative));
  }
}

function isLeftOut(name: string): boolean {
  return LEFT_OUT.has(name) || LEFT_OUT_BEGINNINGS.some((beginning) => name.startsWith(beginning));
}

/** Null if the file or folder is not there any more. */
async function orVanished<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Its entries, not what is in them. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}

async function severalAtOnce(files: readonly string[], work: (file: string) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < files.length; at += FILES_AT_ONCE)
    await Promise.all(files.slice(at, at + FILES_AT_ONCE).map(work));
}
