import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localSecrets } from './secrets.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clipmeter-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('secrets are made once and are the same at every later start', () => {
  expect(localSecrets(folder)).toEqual(localSecrets(folder));
});

test('two checkouts have different secrets', () => {
  const first = localSecrets(folder);
  rmSync(join(folder, 'secrets.env'));
  const second = localSecrets(folder);
  for (const name of Object.keys(first)) expect(second).not.toHaveProperty(name, Reflect.get(first, name));
});

test('only their owner may read them', () => {
  localSecrets(folder);
  expect(statSync(join(folder, 'secrets.env')).mode & 0o777).toBe(0o600);
});

test('a secret that a newer version needs is added, and the others stay', () => {
  const before = localSecrets(folder);
  const file = join(folder, 'secrets.env');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^CRON_SECRET=.*\n/m, ''));
  const after = localSecrets(folder);
  expect(after.CRON_SECRET).not.toBe(before.CRON_SECRET);
  expect({ ...after, CRON_SECRET: '' }).toEqual({ ...before, CRON_SECRET: '' });
});
