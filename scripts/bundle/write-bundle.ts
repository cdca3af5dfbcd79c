import { copyFile, cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../stack/checkout.ts';
import { copyWeb } from './copy-web.ts';
import { writePrograms } from './write-programs.ts';

/** As they are: they need nothing but Node, and of web what copyWeb copies. */
const PLAIN = ['web.mjs', 'healthy.mjs'];

/**
 * Writes what runs Clipmeter without its checkout, npm or tools, only with Node: `migrate.mjs`, `tracker.mjs`, `web.mjs`
 * and `healthy.mjs`. The web app must be built. What was in the folder is gone. Answers the size in bytes.
 */
export async function writeBundle(folder: string): Promise<number> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([
    copyWeb(folder),
    writePrograms(folder),
    cp(join(root, 'prisma', 'migrations'), join(folder, 'prisma', 'migrations'), { recursive: true }),
    ...PLAIN.map((name) => copyFile(join(import.meta.dirname, name), join(folder, name))),
  ]);
  return sizeOf(folder);
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((file) => stat(join(file.parentPath, file.name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
