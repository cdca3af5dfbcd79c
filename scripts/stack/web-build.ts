import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureStateDir, root } from './checkout.ts';
import { runCommand } from './run-command.ts';
import { StartError } from './settings.ts';

const sayAfterMs = 2000;

/** Builds the web app through turbo, which has nothing to do if no source changed since. */
export async function buildWeb(say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const file = join(ensureStateDir('logs'), 'web-build.log');
  const timer = setTimeout(() => say('Building the web app, because its sources changed (up to a minute)'), sayAfterMs);
  const turbo = join(root, 'node_modules', '.bin', 'turbo');
  const args = ['run', 'build', '--filter=@clipmeter/web', '--output-logs=new-only'];
  const code = await runCommand(turbo, args, { output: { file }, ...(signal ? { signal } : {}) });
  clearTimeout(timer);
  signal?.throwIfAborted();
  if (code !== 0) {
    throw new StartError(
      `The web app cannot be built:\n${readFileSync(file, 'utf8').split('\n').slice(-40).join('\n')}`,
    );
  }
}
