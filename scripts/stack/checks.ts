import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureStateDir, root } from './checkout.ts';
import { runCommand } from './run-command.ts';

export interface Check {
  name: string;
  /** A program of node_modules/.bin and its arguments. */
  command: readonly [string, ...string[]];
}

/** What holds without running the product. The import rules have a test besides, which also proves that the lint fires. */
export const checks: readonly Check[] = [
  { name: 'types', command: ['turbo', 'run', 'typecheck', '--continue', '--output-logs=errors-only'] },
  { name: 'lint and format', command: ['biome', 'ci', '--error-on-warnings', '--colors=off', '.'] },
  { name: 'import rules', command: ['vitest', 'run', '--project=unit', 'scripts/repository/import-rules.test.ts'] },
  { name: 'unused code', command: ['knip', '--no-progress', '--treat-config-hints-as-errors'] },
  { name: 'workspaces', command: ['sherif'] },
];

/** Runs a check; what it says is shown only if it fails. */
export async function runCheck({ name, command }: Check): Promise<{ passed: boolean; seconds: string }> {
  const file = join(ensureStateDir('logs'), `check-${name.replaceAll(' ', '-')}.log`);
  const startedAt = performance.now();
  const [program, ...args] = command;
  const code = await runCommand(join(root, 'node_modules', '.bin', program), args, { output: { file } });
  if (code !== 0) console.log(readFileSync(file, 'utf8').trimEnd());
  return { passed: code === 0, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) };
}
