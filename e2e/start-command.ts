import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { expect } from '@playwright/test';
import { root } from '../scripts/stack/checkout.ts';
import { processFacts } from '../scripts/stack/process-tree.ts';
import { startVariables } from '../scripts/stack/settings.ts';

/** A process that cannot be mistaken for a later one with the same id. */
export interface KnownProcess {
  pid: number;
  startedAt: string;
  command: string;
}

/** `npm start` as a person types it, in a terminal of its own. */
export class StartCommand {
  readonly #child: ChildProcess;
  #output = '';

  constructor(env: Record<string, string>) {
    // What this test itself was started with must not look like the command's own.
    const foreign = (name: string) => name.startsWith('npm_') || startVariables.some((known) => known === name);
    const clean = Object.entries(process.env).filter(([name]) => !foreign(name));
    this.#child = spawn('npm', ['start'], {
      cwd: root,
      env: { ...Object.fromEntries(clean), ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('npm could not be started');
    return pid;
  }

  async untilSaid(words: string | RegExp, timeout = 120_000): Promise<void> {
    const isOver = () => this.#child.exitCode !== null || this.#child.signalCode !== null;
    const said = () => new RegExp(words).test(this.#output);
    await expect.poll(() => said() || isOver(), { timeout }).toBe(true);
    expect(this.#output).toMatch(words);
  }

  /** Resolves to the exit code; null if a signal ended it. */
  async ended(): Promise<number | null> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return exitCode;
    return new Promise((resolve) => this.#child.once('exit', resolve));
  }

  /** What the terminal does at Ctrl-C or when it closes: everybody in the foreground gets the signal. */
  signalTerminal(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }

  /** The command and everything below it, however deep. */
  processes(): KnownProcess[] {
    const all = listProcesses();
    const found: KnownProcess[] = [];
    const visit = (pid: number) => {
      const facts = processFacts(pid);
      if (!facts) return;
      found.push({ pid, startedAt: facts.startedAt, command: facts.command });
      for (const child of all.filter((entry) => entry.parent === pid)) visit(child.pid);
    };
    visit(this.pid);
    return found;
  }
}

/** Those of the processes that still run. */
export function stillRunning(processes: KnownProcess[]): string[] {
  return processes
    .filter(({ pid, startedAt }) => processFacts(pid)?.startedAt === startedAt)
    .map(({ command }) => command);
}

function listProcesses(): { pid: number; parent: number }[] {
  if (existsSync('/proc/self/stat')) {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.flatMap((name) => {
      const facts = processFacts(Number(name));
      return facts ? [{ pid: Number(name), parent: facts.parent }] : [];
    });
  }
  const { stdout } = spawnSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0]) => ({ pid, parent }));
}
