import { open, readFile, rename } from 'node:fs/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type SimulatorStore, type World, worldSchema } from '#src/store.ts';

const SAVE_EVERY_MS = 5_000;
const SAVE_AFTER_CHANGE_MS = 200;

/** The world that a file holds; undefined if there is no such file. A file that cannot be read stops the start. */
export async function loadWorld(path: string): Promise<World | undefined> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return worldSchema.parse(JSON.parse(content));
  } catch (error) {
    // Starting with an empty world would make every tracked video look deleted.
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`SIMULATOR_STATE ${path} is not a state of this simulator; move it away to start afresh. ${why}`);
  }
}

/** Keeps a store's world in a file, written whole beside it and then renamed over it. */
export class StateFile {
  readonly #path: string;
  readonly #store: SimulatorStore;
  readonly #log: Logger;
  readonly #interval: NodeJS.Timeout;
  #soon: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(path: string, store: SimulatorStore, log: Logger) {
    this.#path = path;
    this.#store = store;
    this.#log = log;
    this.#interval = setInterval(() => this.#saveRunning(), SAVE_EVERY_MS);
    store.onChange = () => {
      if (!this.#stopped) this.#soon ??= setTimeout(() => this.#saveRunning(), SAVE_AFTER_CHANGE_MS);
    };
  }

  /** Writes the world a last time, at the exact moment. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#interval);
    clearTimeout(this.#soon);
    await this.#write(this.#store.snapshot());
  }

  #saveRunning(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const world = this.#store.snapshot();
    // A killed process cannot say how late it was. The file is ahead by what may pass until the next save, so that
    // time never goes back and no count falls.
    world.clockMs += 2 * SAVE_EVERY_MS * this.#store.clock.speed;
    this.#write(world).catch((error: unknown) => this.#log.error({ err: error }, 'state not saved'));
  }

  #write(world: World): Promise<void> {
    const write = async () => {
      const temporary = `${this.#path}.new`;
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(JSON.stringify(world));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path);
    };
    // One after another: a newer world must not be overtaken by an older one.
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }
}
