import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { dieWithParent } from './checkout.ts';
import { StartError } from './settings.ts';

export interface ServiceSpec {
  name: string;
  /** A script that the packaged Node runs. */
  entry: string;
  args?: string[];
  cwd?: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Answers 2xx once the service can be used. */
  readyUrl: string;
}

const readyLimitMs = 120_000;
const stopLimitMs = 10_000;
const restartDelayMaxMs = 30_000;
const stableMs = 60_000;
const logBytesMax = 20_000_000;
const lastWordsMax = 25;

/**
 * A child process that is kept running until it is stopped. It has a session of its own, so that Ctrl-C reaches the
 * start script only, which then stops everything in order; and it ends by itself when the start script is gone.
 */
export class Service {
  readonly spec: ServiceSpec;
  readonly #say: (line: string) => void;
  #child: ChildProcess | undefined;
  #stopping = new AbortController();
  #failures = 0;
  #logStart = 0;

  constructor(spec: ServiceSpec, say: (line: string) => void) {
    this.spec = spec;
    this.#say = say;
  }

  /** What it has written to its log since it was last started. */
  said(): string[] {
    const text = readFileSync(this.spec.logFile).subarray(this.#logStart).toString('utf8');
    return text.trimEnd().split('\n');
  }

  /**
   * Starts it and waits until it can be used.
   *
   * @throws Error with the end of its log when it ends first
   */
  async start(): Promise<void> {
    this.#stopping = new AbortController();
    const child = this.#spawn();
    await this.#untilReady(child);
    this.#keepRunning(child);
  }

  /** SIGTERM, and SIGKILL to all that is left of it after ten seconds. Safe to repeat. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => killGroup(child), stopLimitMs);
    await ended;
    clearTimeout(timer);
    // What it started itself, such as the workers of a development server.
    killGroup(child);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  #spawn(): ChildProcess {
    const { entry, args = [], cwd, env, logFile } = this.spec;
    if (existsSync(logFile) && statSync(logFile).size > logBytesMax) renameSync(logFile, `${logFile}.1`);
    const log = openSync(logFile, 'a', 0o600);
    this.#logStart = fstatSync(log).size;
    const child = fork(entry, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...env, CLIPMETER_PARENT: String(process.pid) },
      execArgv: ['--import', dieWithParent],
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    child.on('error', () => {}); // told by `exit`, or by a start that never gets ready
    this.#child = child;
    return child;
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const limit = Date.now() + readyLimitMs;
    while (!(await answers(this.spec.readyUrl))) {
      if (hasEnded(child))
        throw new StartError(
          `The ${this.spec.name} did not start. Its last words:\n${this.said().slice(-lastWordsMax).join('\n')}`,
        );
      if (Date.now() > limit)
        throw new StartError(`The ${this.spec.name} does not answer. Its log: ${this.spec.logFile}`);
      await delay(100, undefined, { signal: this.#stopping.signal });
    }
  }

  #keepRunning(child: ChildProcess): void {
    const startedAt = Date.now();
    const onExit = async () => {
      if (this.#stopping.signal.aborted) return;
      this.#failures = Date.now() - startedAt > stableMs ? 1 : this.#failures + 1;
      const waitMs = Math.min(1000 * 2 ** (this.#failures - 1), restartDelayMaxMs);
      const how = child.signalCode ?? `exit code ${child.exitCode}`;
      this.#say(
        `The ${this.spec.name} ended by itself (${how}). Starting it again in ${waitMs / 1000} s; log: ${this.spec.logFile}`,
      );
      try {
        await delay(waitMs, undefined, { signal: this.#stopping.signal });
        const next = this.#spawn();
        this.#keepRunning(next);
        await this.#untilReady(next);
        this.#say(`The ${this.spec.name} runs again.`);
      } catch (error) {
        // Stopped meanwhile, or ended again, which the next turn tells.
        if (!this.#stopping.signal.aborted && error instanceof Error) this.#say(error.message);
      }
    };
    if (hasEnded(child)) void onExit();
    else child.once('exit', onExit);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000), redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
