import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Generates the Prisma client into src/generated. Prisma's CLI downloads a schema engine at every start, which
 * `generate` never uses and which fails without a network: any executable in its place will do, so it gets Node's own.
 */
const prisma = path.dirname(createRequire(import.meta.url).resolve('prisma/package.json'));
const { status, error } = spawnSync(
  process.execPath,
  [path.join(prisma, 'build', 'index.js'), 'generate', '--no-hints'],
  {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
if (error) throw error;
process.exitCode = status ?? 1;
