import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureStateDir } from '../stack/checkout.ts';

/** A reverse proxy for the tests of what is deployed, or why there is none. */
export type Caddy = { program: string } | { missing: string };

/**
 * The Caddy of this machine; else, as root on Debian, that of its package, unpacked into .clipmeter/tools: nothing is
 * installed. Anybody else is told how to get one.
 */
export function findCaddy(say: (line: string) => void): Caddy {
  const folders = (process.env['PATH'] ?? '').split(':');
  const tools = ensureStateDir('tools');
  const unpacked = join(tools, 'caddy', 'usr', 'bin', 'caddy');
  const found = [...folders.map((folder) => join(folder, 'caddy')), unpacked].find(starts);
  if (found !== undefined) return { program: found };
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    say('There is no Caddy on this machine: unpacking Debian’s into .clipmeter/tools');
    if (download(tools) && starts(unpacked)) return { program: unpacked };
  }
  return { missing: 'there is no Caddy on this machine (https://caddyserver.com/docs/install)' };
}

function download(tools: string): boolean {
  const run = (program: string, args: string[]) =>
    spawnSync(program, args, { cwd: tools, stdio: 'ignore', timeout: 60_000 }).status === 0;
  // What the machine knows of Debian's packages may be nothing, or old.
  if (!run('apt-get', ['download', 'caddy']) && !(run('apt-get', ['update']) && run('apt-get', ['download', 'caddy'])))
    return false;
  const archive = readdirSync(tools).find((name) => /^caddy_.*\.deb$/.test(name));
  return archive !== undefined && run('dpkg-deb', ['-x', archive, 'caddy']);
}

function starts(program: string): boolean {
  return existsSync(program) && spawnSync(program, ['version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
