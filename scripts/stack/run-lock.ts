import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ensureStateDir } from './checkout.ts';
import { processFacts } from './process-tree.ts';

const runningSchema = z.object({
  pid: z.number().int().positive(),
  startedAt: z.string(),
  address: z.string(),
  /** How its database is reached, for `npm run audit` beside it. Holds a password: the file is its owner's only. */
  databaseUrl: z.string().optional(),
});

export type Running = z.infer<typeof runningSchema>;

/** The start that runs in this checkout now, if one does. A record left by a killed one does not count. */
export function findRunning(path = lockPath()): Running | undefined {
  try {
    const running = runningSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return processFacts(running.pid)?.startedAt === running.startedAt ? running : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the checkout for this process. Answers the start that has it already, or undefined when it is ours. */
export function takeRunLock(address: string, path = lockPath()): Running | undefined {
  const facts = processFacts(process.pid);
  if (!facts) throw new Error('This process does not find itself in the process table.');
  const mine: Running = { pid: process.pid, startedAt: facts.startedAt, address };
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
      return undefined;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const running = findRunning(path);
      if (running) return running;
      rmSync(path, { force: true });
    }
  }
}

/** Notes how the database of this start is reached. */
export function noteDatabase(databaseUrl: string, path = lockPath()): void {
  const running = findRunning(path);
  if (running?.pid === process.pid) writeFileSync(path, JSON.stringify({ ...running, databaseUrl }), { mode: 0o600 });
}

export function releaseRunLock(path = lockPath()): void {
  if (findRunning(path)?.pid === process.pid) rmSync(path, { force: true });
}

function lockPath(): string {
  return join(ensureStateDir(), 'running.json');
}
