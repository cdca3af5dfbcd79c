import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, constants, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { postgresAccount } from '../../packages/db/src/postgres-account.ts';
import { writeBundle } from './write-bundle.ts';

/** A program that has ended, and all that it said. */
export interface Ended {
  code: number | null;
  said: string;
}

/**
 * A machine with nothing of Clipmeter but its bundle: a folder outside the checkout in which nothing can be written, a
 * copy of Node, a bare environment, and as the user nobody in particular where we are root.
 */
export async function deploy() {
  const home = await mkdtemp(join(tmpdir(), 'clipmeter-bundle-'));
  await chmod(home, 0o755);
  const bundle = join(home, 'bundle');
  const bytes = await writeBundle(bundle);
  const node = await bring(process.execPath);
  await setWritable(bundle, false);
  const account = await postgresAccount();
  const running = new Set<ChildProcess>();

  /** A program of this machine's own, which a checkout that others cannot enter may hold. */
  async function bring(program: string): Promise<string> {
    const copy = join(home, basename(program));
    await copyFile(program, copy, constants.COPYFILE_FICLONE);
    await chmod(copy, 0o755);
    return copy;
  }

  function start(program: string, args: readonly string[], env: Record<string, string>) {
    const child = spawn(program, args, {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', NO_PROXY: '127.0.0.1', ...env },
      ...(account && { uid: account.uid, gid: account.gid }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let said = '';
    const waiting = new Set<() => void>();
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        for (const look of [...waiting]) look();
      });
    }
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        running.delete(child);
        resolve({ code, said });
      });
    });
    return {
      ended,
      /** Resolves when it has said this. Fails when it ends before. */
      async says(text: string): Promise<void> {
        while (!said.includes(text)) {
          const look = Promise.withResolvers<void>();
          waiting.add(look.resolve);
          const end = await Promise.race([look.promise, ended]);
          waiting.delete(look.resolve);
          if (end && !said.includes(text)) throw new Error(`${args[0]} ended (${end.code}): ${end.said}`);
        }
      },
      /** Asks it to stop and answers how it ended. */
      stop(): Promise<Ended> {
        child.kill('SIGTERM');
        return ended;
      },
    };
  }

  return {
    bytes,
    bring,
    start,
    /** A program of the bundle. */
    run: (name: string, env: Record<string, string> = {}, ...args: string[]) =>
      start(node, [join(bundle, name), ...args], env),
    async remove(): Promise<void> {
      for (const child of running) child.kill('SIGKILL');
      await setWritable(bundle, true);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function setWritable(folder: string, writable: boolean): Promise<void> {
  await chmod(folder, writable ? 0o755 : 0o555);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const child = join(folder, entry.name);
    if (entry.isDirectory()) await setWritable(child, writable);
    else if (entry.isFile()) await chmod(child, writable ? 0o644 : 0o444);
  }
}
