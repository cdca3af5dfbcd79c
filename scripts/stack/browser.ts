import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureStateDir, root } from './checkout.ts';
import { runCommand } from './run-command.ts';

const systemBrowsers = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A browser for the tests: the system's if there is one, else Playwright's own, downloaded into the checkout, else as
 * root (and only then) Debian's package, which is said before it is installed.
 *
 * @returns the path of a program that starts
 */
export async function ensureBrowser(say: (line: string) => void): Promise<string> {
  const found = findBrowser();
  if (found) return found;

  const output = { file: join(ensureStateDir('logs'), 'browser.log') };
  say('There is no browser on this machine: downloading one into .clipmeter/browsers');
  const playwright = join(root, 'node_modules', '.bin', 'playwright');
  await runCommand(playwright, ['install', 'chromium'], { output });
  if (starts(chromium.executablePath())) return chromium.executablePath();

  const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'];
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    say(
      `That browser cannot be used here. Installing the system's, outside this checkout: apt-get ${install.join(' ')}`,
    );
    await runCommand('apt-get', ['update'], { output });
    await runCommand('apt-get', install, { output, env: { DEBIAN_FRONTEND: 'noninteractive' } });
    if (starts('chromium')) return resolvePath('chromium');
  }
  throw new Error(
    `The browser tests need Chromium or Chrome. Install one, for example: sudo apt-get ${install.join(' ')}`,
  );
}

/** A browser that is there already. */
export function findBrowser(): string | undefined {
  const found = [...systemBrowsers, chromium.executablePath()].find(starts);
  return found === undefined ? undefined : resolvePath(found);
}

/** Asking for its version also finds the libraries that it lacks. */
function starts(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function resolvePath(program: string): string {
  if (program.includes('/')) return program;
  const folders = (process.env['PATH'] ?? '').split(':');
  const folder = folders.find((candidate) => existsSync(join(candidate, program)));
  return folder === undefined ? program : join(folder, program);
}
