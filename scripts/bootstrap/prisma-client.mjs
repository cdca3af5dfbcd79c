// Runs before any package is there: Node's built-ins only, and Node 20.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedNode } from './packages.mjs';

/**
 * Generates the Prisma client unless it is there and belongs to this schema.
 *
 * @param {string} root the checkout
 * @param {(line: string) => void} say
 */
export function ensurePrismaClient(root, say) {
  const client = join(root, 'packages', 'db', 'src', 'generated');
  const mark = join(root, '.clipmeter', 'prisma-client.sha256');
  const hash = createHash('sha256');
  for (const source of ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json']) {
    hash.update(readFileSync(join(root, source)));
  }
  const wanted = hash.digest('hex');
  if (existsSync(client) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;

  say('Generating the database client (prisma generate)');
  const generate = spawnSync(packagedNode(root), [join(root, 'packages', 'db', 'src', 'generate-client.ts')], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  if (generate.status !== 0) {
    throw new Error(`prisma generate failed:\n${generate.stdout ?? ''}${generate.stderr ?? ''}${generate.error ?? ''}`);
  }
  mkdirSync(join(root, '.clipmeter'), { recursive: true, mode: 0o711 });
  writeFileSync(mark, wanted);
}
