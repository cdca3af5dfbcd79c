import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { root } from '../stack/checkout.ts';
import { trackedFiles } from './tracked-files.ts';

const entrySchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockfile = z
  .object({ packages: z.record(z.string(), entrySchema) })
  .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));

describe('package-lock.json', () => {
  test('names no host: every machine installs from the registry it was told to use', () => {
    const resolved = Object.values(lockfile.packages).filter((entry) => !entry.link && entry.resolved);
    expect(resolved).toEqual([]);
  });

  // npm leaves out what the registry of the day does not carry, and `npm ci` then refuses the whole lockfile.
  test('lists the optional packages of every system', () => {
    const missing = Object.entries(lockfile.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !lockfile.packages[`${path}/node_modules/${name}`] && !lockfile.packages[`node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });
});

describe('tracked files', () => {
  const textFile = /(^|\/)(Dockerfile[^/]*|\.npmrc|[^/]+\.(ts|tsx|mjs|js|json|md|ya?ml|toml|sql|prisma|css|sh))$/;

  test('name no registry host', () => {
    // Written in two parts, or this file would be the one that names them.
    const hosts = [
      'registry.' + 'npmjs.org',
      'registry.' + 'yarnpkg.com',
      'npm.' + 'pkg.github.com',
      'npmmirror.' + 'com',
    ];
    const naming = trackedFiles()
      .filter((file) => textFile.test(file))
      .filter((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        return hosts.some((host) => text.includes(host)) || /^\s*(@[\w-]+:)?registry\s*=/m.test(text);
      });
    expect(naming).toEqual([]);
  });
});
