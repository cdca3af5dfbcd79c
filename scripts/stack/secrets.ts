import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { ensureStateDir } from './checkout.ts';

const secretNames = [
  'BETTER_AUTH_SECRET',
  'CRON_SECRET',
  'POSTGRES_PASSWORD',
  'DEMO_ADMIN_PASSWORD',
  'DEMO_CLIPPER_1_PASSWORD',
  'DEMO_CLIPPER_2_PASSWORD',
] as const;

const secretsSchema = z.object({
  BETTER_AUTH_SECRET: z.string().min(32),
  CRON_SECRET: z.string().min(32),
  POSTGRES_PASSWORD: z.string().min(32),
  DEMO_ADMIN_PASSWORD: z.string().min(8),
  DEMO_CLIPPER_1_PASSWORD: z.string().min(8),
  DEMO_CLIPPER_2_PASSWORD: z.string().min(8),
});

export type Secrets = z.infer<typeof secretsSchema>;

/** The secrets of this checkout: made once, kept in a file that only its owner may read. */
export function localSecrets(directory = ensureStateDir()): Secrets {
  const path = join(directory, 'secrets.env');
  const known = existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
  const missing = secretNames.filter((name) => known[name] === undefined);
  if (missing.length > 0) {
    const made = missing.map((name) => [
      name,
      name.endsWith('_PASSWORD') && name.startsWith('DEMO') ? password() : secret(),
    ]);
    const all = { ...known, ...Object.fromEntries(made) };
    const text = Object.entries(all).map(([name, value]) => `${name}=${value}\n`);
    // Whole or not at all: half a file would lose the password of the database beside it.
    writeFileSync(`${path}.new`, text.join(''), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return secretsSchema.parse(all);
  }
  return secretsSchema.parse(known);
}

function secret(): string {
  return randomBytes(32).toString('hex');
}

/** Sixteen letters and digits that are not mistaken for one another when typed. */
function password(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  return Array.from(randomBytes(16), (byte) => letters[byte % letters.length]).join('');
}
