import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

interface ProcessFacts {
  parent: number;
  command: string;
  /** When it started, in whatever form the system says it: only ever compared. With the pid it names a process for good. */
  startedAt: string;
}

/** What the system knows of a process, or undefined when there is none. Linux tells by /proc, others by ps. */
export function processFacts(pid: number): ProcessFacts | undefined {
  return existsSync('/proc/self/stat') ? factsFromProc(pid) : factsFromPs(pid);
}

/** The npm that runs this script, if one does. */
export function npmAncestor(): number | undefined {
  if (!process.env['npm_lifecycle_event']) return undefined;
  for (let pid = process.ppid; pid > 1; ) {
    const facts = processFacts(pid);
    if (!facts) return undefined;
    // npm sets its title to what it was asked: "npm start", "npm run dev".
    if (/^npm\b|[\\/]npm(-cli\.js)?\b/.test(facts.command)) return pid;
    pid = facts.parent;
  }
  return undefined;
}

/** Whether there is a process with this id, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function factsFromProc(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in brackets and may itself hold spaces and brackets: count fields after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent, startedAt] = [fields[0], fields[1], fields[19]];
    if (state === 'Z' || parent === undefined || startedAt === undefined) return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { parent: Number(parent), command, startedAt };
  } catch {
    return undefined;
  }
}

function factsFromPs(pid: number): ProcessFacts | undefined {
  const asked = spawnSync('ps', ['-o', 'ppid=', '-o', 'lstart=', '-o', 'command=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  // "  501 Mon Nov 23 00:13:01 2026 npm start"
  const match = /^\s*(\d+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/m.exec(asked.stdout ?? '');
  if (asked.status !== 0 || !match) return undefined;
  const [, parent, startedAt = '', command = ''] = match;
  return { parent: Number(parent), startedAt, command };
}
