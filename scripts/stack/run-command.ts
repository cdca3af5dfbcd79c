import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './checkout.ts';

export interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  /** Where its output goes: a file, or the terminal. */
  output: { file: string } | 'terminal';
  signal?: AbortSignal;
}

const guard = join(import.meta.dirname, 'guarded-command.mjs');

/** Runs a command in the checkout and answers its exit code. It ends, with all it started, when this process is gone. */
export async function runCommand(command: string, args: string[], options: CommandOptions): Promise<number> {
  const colours = options.output === 'terminal' ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' };
  const target = options.output === 'terminal' ? 'inherit' : openSync(options.output.file, 'w', 0o600);
  const child = fork(guard, [command, ...args], {
    cwd: root,
    env: { ...process.env, ...colours, ...options.env },
    execArgv: [],
    detached: true,
    stdio: ['ignore', target, target, 'ipc'],
  });
  if (typeof target === 'number') closeSync(target);
  const stop = () => child.kill('SIGTERM');
  options.signal?.addEventListener('abort', stop);
  if (options.signal?.aborted) stop();
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    options.signal?.removeEventListener('abort', stop);
  }
}
