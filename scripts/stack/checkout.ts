import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The checkout's root. */
export const root = join(import.meta.dirname, '..', '..');

/** Everything a run writes, apart from packages and builds, is in here; git ignores it. A test has one of its own. */
export const stateDir = process.env['CLIPMETER_STATE_DIR'] ?? join(root, '.clipmeter');

/** The preload that ends a child process when the process that forked it is gone. */
export const dieWithParent = new URL('../die-with-parent.mjs', import.meta.url).href;

/**
 * Makes the state folder, or a folder in it. Files in it are their owner's only; the folder can be passed through, because
 * the account that Postgres runs as where we are root has its data below it.
 */
export function ensureStateDir(...parts: string[]): string {
  const path = join(stateDir, ...parts);
  mkdirSync(path, { recursive: true, mode: 0o711 });
  return path;
}
