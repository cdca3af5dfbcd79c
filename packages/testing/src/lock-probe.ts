import { AsyncResource } from 'node:async_hooks';
import type { Pool } from '@clipmeter/db/connect';
import {
  failureOf,
  freeRows,
  openScene,
  type ProbedDatabase,
  type Rows,
  type Scene,
  waits,
  whileHeld,
} from '#src/lock-scene.ts';
import { rewrittenPool } from '#src/rewritten-pool.ts';

/** Looks whether operations lock as they should. */
export interface LockProbe {
  /** A sentence that holds while they do. */
  readonly name: string;
  /**
   * What it noticed; null if all is well.
   *
   * @param options everyRow: an order is tried at every row of a set, and not only at the second
   */
  run(database: ProbedDatabase, options?: { everyRow: boolean }): Promise<string | null>;
}

/** A transaction does not begin inside another: what is run in here begins outside of all. */
const outside = new AsyncResource('lock-probes');
export const outsideOfAll = <T>(work: () => Promise<T>): Promise<T> => outside.runInAsyncScope(work);

/** Something to do to a scene that is ready for it, and the rows that it locks. */
interface Trial {
  readonly rows: Rows;
  readonly operation: () => Promise<unknown>;
}

/**
 * The planner may join the other way round tomorrow: rows that are locked merely by being written are then written in the
 * order in which they lie in the table. With this it does so today.
 */
const HASH_JOINS_ONLY = 'SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off';
const withHashJoins = (pool: Pool): Pool =>
  rewrittenPool(pool, (text) => (text.startsWith('BEGIN') ? `${text}; ${HASH_JOINS_ONLY}` : text));

/** Holds one row after the other: the operation must have what comes before it by id, and nothing that comes after. */
export function locksInOrder(
  name: string,
  prepare: (scene: Scene, database: ProbedDatabase) => Promise<Trial>,
): LockProbe {
  const tryAt = async (database: ProbedDatabase, k: number): Promise<string | null | 'no such row'> => {
    const scene = await openScene(database);
    const { rows, operation } = await prepare(scene, database);
    const all = [...rows.ids].sort();
    const held = all[k];
    if (held === undefined) return 'no such row';
    let running: Promise<unknown> = Promise.resolve();
    const noticed = await whileHeld(database.plain, { ...rows, id: held }, async () => {
      running = operation();
      if (!(await waits(database.plain, running))) return `it did not wait for a row of ${rows.table}`;
      const free = await freeRows(database.plain, { ...rows, ids: all.filter((id) => id !== held) });
      const isWrong = all.some((id) => (id < held ? free.has(id) : id > held && !free.has(id)));
      return isWrong ? `rows of ${rows.table} were not locked by id` : null;
    });
    return noticed ?? (await failureOf(running));
  };
  return {
    name,
    async run({ pool, plain }, { everyRow } = { everyRow: false }) {
      const database = { pool: withHashJoins(pool), plain };
      if (!everyRow) return tryAt(database, 1);
      for (let k = 0; ; k += 1) {
        const noticed = await tryAt(database, k);
        if (noticed === 'no such row') return null;
        if (noticed !== null) return noticed;
      }
    },
  };
}

/** The operation has locked these rows by the time that it sends a statement, whatever that statement locks itself. */
export function holdsBefore(
  name: string,
  statement: RegExp,
  prepare: (
    scene: Scene,
    database: ProbedDatabase,
  ) => Promise<{ rows: readonly Rows[]; operation: () => Promise<unknown> }>,
): LockProbe {
  return {
    name,
    async run({ pool, plain }) {
      let expected: readonly Rows[] = [];
      const free: string[] = [];
      let looks = 0;
      const look = async (text: string) => {
        looks += 1;
        for (const rows of expected) if ((await freeRows(plain, rows)).size > 0) free.push(rows.table);
        return text;
      };
      const watched = rewrittenPool(pool, (text) => (statement.test(text) ? look(text) : text));
      const scene = await openScene({ pool: watched, plain });
      const { rows, operation } = await prepare(scene, { pool: watched, plain });
      expected = rows;
      looks = 0;
      free.length = 0;
      await operation();
      if (looks === 0) throw new Error(`"${name}" never sent ${statement}`);
      return free.length > 0 ? `rows of ${free.join(', ')} were free` : null;
    },
  };
}

/** A row that somebody else holds is left out: the operation ends without it, and takes the others. */
export function waitsForNobody(
  name: string,
  prepare: (scene: Scene, database: ProbedDatabase) => Promise<{ rows: Rows; claim: () => Promise<readonly string[]> }>,
): LockProbe {
  return {
    name,
    async run(database) {
      const { rows, claim } = await prepare(await openScene(database), database);
      for (const id of rows.ids) {
        let running: Promise<readonly string[]> = Promise.resolve([]);
        const hasWaited = await whileHeld(database.plain, { ...rows, id }, () => {
          running = claim();
          return waits(database.plain, running);
        });
        const claimed = await running;
        if (hasWaited) return `it waited for a row of ${rows.table} that somebody held`;
        if (claimed.includes(id)) return `it took a row of ${rows.table} that somebody held`;
      }
      return null;
    },
  };
}

/** What one has claimed and not committed yet, another who comes meanwhile does not get. */
export function claimsOnce(
  name: string,
  prepare: (
    scene: Scene,
    database: ProbedDatabase,
  ) => Promise<(meanwhile: (claimed: readonly string[]) => Promise<void>) => Promise<readonly string[]>>,
): LockProbe {
  return {
    name,
    async run(database) {
      const claim = await prepare(await openScene(database), database);
      let second: Promise<readonly string[]> = Promise.resolve([]);
      let hasWaited = false;
      const first = await claim(async () => {
        second = outsideOfAll(() => claim(async () => {}));
        hasWaited = await waits(database.plain, second);
      });
      const both = (await second).filter((id) => first.includes(id));
      if (hasWaited) return 'the second waited for the first';
      if (first.length === 0) throw new Error(`"${name}" had nothing to claim`);
      return both.length > 0 ? 'two took the same' : null;
    },
  };
}
