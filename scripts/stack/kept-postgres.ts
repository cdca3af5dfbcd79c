import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedPostgres, PostgresPortTaken, startEmbeddedPostgres } from '@clipmeter/db/embedded-postgres';
import { ensureStateDir, stateDir } from './checkout.ts';
import { StartError } from './settings.ts';

/** Where the embedded Postgres of this checkout is asked to keep its data. */
export const postgresDataDir = join(stateDir, 'postgres');

const restartDelayMaxMs = 30_000;

/** The embedded Postgres, started again if it ends by itself. */
export class KeptPostgres {
  readonly #options: { dataDir: string; port: number; password: string; log: (line: string) => void };
  readonly #say: (line: string) => void;
  readonly #stopping = new AbortController();
  #server: EmbeddedPostgres | undefined;

  constructor(
    options: { port: number; password: string; dataDir?: string; logsDir?: string },
    say: (line: string) => void,
  ) {
    const logFile = join(options.logsDir ?? ensureStateDir('logs'), 'postgres.log');
    let running = false;
    this.#options = {
      dataDir: options.dataDir ?? postgresDataDir,
      port: options.port,
      password: options.password,
      // What it says while it makes itself a place is for the user (it may be outside the checkout), the rest for a file.
      log: (line) => {
        appendFileSync(logFile, `${line}\n`, { mode: 0o600 });
        if (!running && isForUser(line)) say(line);
      },
    };
    this.#say = (line) => {
      running = true;
      say(line);
    };
  }

  /** @throws StartError if its port is taken */
  async start(): Promise<string> {
    try {
      this.#server = await startEmbeddedPostgres(this.#options);
    } catch (error) {
      if (error instanceof PostgresPortTaken) throw new StartError(error.message);
      throw error;
    }
    void this.#keepRunning(this.#server);
    return this.#server.url;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#server?.stop();
  }

  async #keepRunning(first: EmbeddedPostgres): Promise<void> {
    let server = first;
    for (let failures = 0; ; ) {
      await server.ended;
      if (this.#stopping.signal.aborted) return;
      this.#say('Postgres ended by itself. Starting it again; web and tracker reconnect by themselves.');
      for (;;) {
        try {
          server = await startEmbeddedPostgres(this.#options);
          this.#server = server;
          break;
        } catch (error) {
          failures += 1;
          this.#say(`Postgres does not start: ${error instanceof Error ? error.message : error}`);
          await delay(Math.min(1000 * 2 ** failures, restartDelayMaxMs), undefined, {
            signal: this.#stopping.signal,
          }).catch(() => {});
          if (this.#stopping.signal.aborted) return;
        }
      }
      if (this.#stopping.signal.aborted) return server.stop();
      failures = 0;
      this.#say('Postgres runs again.');
    }
  }
}

/** Postgres' own lines carry a time and a level ("2026-11-23 00:00:00.000 UTC [17] LOG:  …"); ours do not. */
export function isForUser(line: string): boolean {
  return !/^\d{4}-\d\d-\d\d |^\s/.test(line);
}
