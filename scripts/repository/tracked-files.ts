import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../stack/checkout.ts';

const skipped = new Set(['node_modules', '.git', '.next', '.turbo', '.clipmeter', 'generated', 'dist', 'test-results']);

/** Files that git tracks or would track; where there is no git, such as in an unpacked archive, files that look so. */
export function trackedFiles(): string[] {
  const asked = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 50_000_000,
  });
  const files = asked.status === 0 ? asked.stdout.split('\0').filter(Boolean) : walk(root);
  return files.filter((file) => existsSync(join(root, file)));
}

export function sourceFiles(): string[] {
  return trackedFiles().filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts'));
}

function walk(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(directory, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(root, path)];
  });
}
