import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Generates the Prisma client into src/generated. Prisma's CLI downloads a schema engine at every start, which
 * `generate` never uses and which fails without a network: any executable in its place will do, so it gets Node's own.
 */
const require = createRequire(import.meta.url);
const { status, error } = spawnSync(process.execPath, [require.resolve('prisma'), 'generate', '--no-hints'], {
  cwd: fileURLToPath(new URL('../../../', import.meta.url)),
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (error) throw error;
process.exitCode = status ?? 1;
