import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureStateDir, root } from './checkout.ts';
import { runCommand } from './run-command.ts';
import { StartError } from './settings.ts';

const sayAfterMs = 2000;
const otherBuild = 'Another next build process is already running';
const otherBuildWaitMs = 3000;
const outputLinesMax = 40;

/** Builds the web app through turbo, which has nothing to do if no source changed since. */
export async function buildWeb(say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const timer = setTimeout(() => say('Building the web app, because its sources changed (up to a minute)'), sayAfterMs);
  try {
    for (;;) {
      const output = await runBuild(signal);
      signal?.throwIfAborted();
      if (output === undefined) return;
      if (!output.includes(otherBuild)) throw new StartError(`The web app cannot be built:\n${output}`);
      say('Another build of the web app runs in this checkout: waiting for it');
      await delay(otherBuildWaitMs, undefined, { ...(signal ? { signal } : {}) });
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Answers the end of its output if it failed. */
async function runBuild(signal: AbortSignal | undefined): Promise<string | undefined> {
  const file = join(ensureStateDir('logs'), 'web-build.log');
  const turbo = join(root, 'node_modules', '.bin', 'turbo');
  const args = ['run', 'build', '--filter=@clipmeter/web', '--output-logs=new-only'];
  const code = await runCommand(turbo, args, { output: { file }, ...(signal ? { signal } : {}) });
  return code === 0 ? undefined : readFileSync(file, 'utf8').split('\n').slice(-outputLinesMax).join('\n');
}
