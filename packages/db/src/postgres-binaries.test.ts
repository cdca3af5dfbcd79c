import { chmod, mkdir, mkdtemp, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { completeBinaries, copyBinaries } from '#src/postgres-binaries.ts';

/** A package as npm unpacks it where install scripts are ignored: no links, nothing executable. */
let home: string;
let native: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'clipmeter-binaries-'));
  native = path.join(home, 'package', 'native');
  await mkdir(path.join(native, 'bin'), { recursive: true });
  await mkdir(path.join(native, 'lib'), { recursive: true });
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    await writeFile(path.join(native, 'bin', name), '');
    await chmod(path.join(native, 'bin', name), 0o644);
  }
  await writeFile(path.join(native, 'lib', 'libx.so.1.2'), '');
  await writeFile(
    path.join(native, 'pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }]),
  );
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('links and executable bits are put right, as often as one likes and by two at once', async () => {
  await Promise.all([completeBinaries(native), completeBinaries(native)]);
  await completeBinaries(native);
  expect(await readlink(path.join(native, 'lib', 'libx.so.1'))).toBe('libx.so.1.2');
  expect((await stat(path.join(native, 'bin', 'postgres'))).mode & 0o111).toBe(0o111);
});

test('a copy is made once, and by two at once is whole', async () => {
  const target = path.join(home, 'elsewhere');
  const postgres = { dir: native, version: '18.4.0' };
  const [first] = await Promise.all([copyBinaries(postgres, target), copyBinaries(postgres, target)]);
  expect(first).toBe(path.join(target, 'postgres-18.4.0', 'native'));
  expect(await copyBinaries(postgres, target)).toBe(first);
  expect((await stat(path.join(first, 'bin', 'initdb'))).isFile()).toBe(true);
});
