import { isAlive, npmAncestor } from './process-tree.ts';

const watchMs = 500;

/**
 * One orderly end, whatever asks for it: Ctrl-C, a closed terminal, a kill, a parent that is gone, or npm above us that
 * is gone (which cannot tell us when it is killed with -9).
 */
export class Shutdown {
  readonly #steps: (() => Promise<void>)[] = [];
  readonly #controller = new AbortController();
  #reason = '';

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.begin(signal));
    // The terminal may be gone while we still write to it.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    const npm = npmAncestor();
    if (npm !== undefined) {
      const timer = setInterval(() => {
        if (!isAlive(npm)) this.begin('npm is gone');
      }, watchMs);
      timer.unref();
    }
  }

  /** Aborted when the end begins: what waits stops waiting. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get begun(): boolean {
    return this.#controller.signal.aborted;
  }

  get reason(): string {
    return this.#reason;
  }

  /** Adds a step; the last one added runs first. */
  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** Begins the end; what asks again (npm sends on what the terminal has sent already) changes nothing. */
  begin(reason: string): void {
    if (this.begun) return;
    this.#reason = reason;
    this.#controller.abort();
  }

  /** Waits for the end to begin and resolves when it has come: `starting` too has ended, and what it still made. */
  async finish(starting: Promise<void>): Promise<void> {
    const { signal } = this;
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    await this.#runSteps();
    await starting;
    await this.#runSteps();
  }

  async #runSteps(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        // One that fails must not keep the others running.
        console.error(error instanceof Error ? error.message : error);
      }
    }
  }
}
