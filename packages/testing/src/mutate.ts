import { refuserOf, refuserWithout, seedGuarded } from '#src/guard-trial.ts';
import { GUARDS } from '#src/guards.ts';
import { LOCK_MUTATIONS, type LockMutation, weakenedPool } from '#src/lock-mutations.ts';
import type { LockProbe } from '#src/lock-probe.ts';
import { LOCK_PROBES } from '#src/lock-probes.ts';
import { rewrittenPool } from '#src/rewritten-pool.ts';
import type { TestDatabase } from '#src/scratch-database.ts';

/** A lock, a key or a check that was taken away, and the test that failed without it; null if none did. */
export interface MutationReport {
  readonly mutation: string;
  readonly noticedBy: string | null;
}

type OpenDatabase = () => Promise<TestDatabase>;

/** How many mutations there are. */
export const MUTATIONS = GUARDS.length + LOCK_MUTATIONS.length;

/**
 * Takes away every guard and every lock, one at a time, and runs the tests that should notice.
 *
 * @param more probes of locks that are not taken in packages
 * @throws Error when a test fails though nothing was taken away, or a lock's statement is in no test
 */
export async function* mutate(openDatabase: OpenDatabase, more: readonly LockProbe[]): AsyncGenerator<MutationReport> {
  yield* mutateGuards(openDatabase);
  yield* mutateLocks(openDatabase, [...LOCK_PROBES, ...more]);
}

async function* mutateGuards(openDatabase: OpenDatabase): AsyncGenerator<MutationReport> {
  const database = await openDatabase();
  try {
    await seedGuarded(database.pool);
    for (const guard of GUARDS) {
      const before = await refuserOf(database.ownerPool, guard);
      if (before !== guard.name) throw new Error(`${guard.name} did not refuse what it is there for: ${before}`);
      const after = await refuserWithout(database.ownerPool, guard);
      const seen = after === null ? 'it was written' : `${after} refused it`;
      const noticedBy = after === guard.name ? null : `guards.pg.test.ts: it refuses what it is there for (${seen})`;
      yield { mutation: guard.name, noticedBy };
    }
  } finally {
    await database.drop();
  }
}

async function* mutateLocks(openDatabase: OpenDatabase, all: readonly LockProbe[]): AsyncGenerator<MutationReport> {
  const probes = await sentBy(openDatabase, all);
  for (const mutation of LOCK_MUTATIONS) {
    const able = probes.filter(({ statements }) => statements.some((text) => mutation.statement.test(text)));
    if (able.length === 0)
      throw new Error(`No probe sends the statement of "${mutation.name}", or its text has changed`);
    yield { mutation: mutation.name, noticedBy: await noticing(openDatabase, mutation, able) };
  }
}

interface SentBy {
  readonly probe: LockProbe;
  readonly statements: readonly string[];
}

/** What each probe sends; with nothing taken away none of them notices anything. */
async function sentBy(openDatabase: OpenDatabase, probes: readonly LockProbe[]): Promise<SentBy[]> {
  const all: SentBy[] = [];
  for (const probe of probes) {
    const statements = new Set<string>();
    const note = (text: string) => {
      statements.add(text);
      return text;
    };
    const database = await openDatabase();
    try {
      const pool = rewrittenPool(database.pool, note);
      const noticed = await probe.run({ pool, plain: database.ownerPool }, { everyRow: true });
      if (noticed !== null) throw new Error(`"${probe.name}" failed though no lock was taken away: ${noticed}`);
    } finally {
      await database.drop();
    }
    all.push({ probe, statements: [...statements] });
  }
  return all;
}

async function noticing(
  openDatabase: OpenDatabase,
  mutation: LockMutation,
  probes: readonly SentBy[],
): Promise<string | null> {
  let weakened = 0;
  for (const { probe } of probes) {
    const database = await openDatabase();
    try {
      const weak = weakenedPool(database.pool, mutation);
      const noticed = await probe.run({ pool: weak.pool, plain: database.ownerPool }, { everyRow: true });
      weakened += weak.weakened();
      if (noticed !== null) return `locks.pg.test.ts: ${probe.name} (${noticed})`;
    } finally {
      await database.drop();
    }
  }
  if (weakened === 0) throw new Error(`No statement was weakened for "${mutation.name}": its text has changed`);
  return null;
}
