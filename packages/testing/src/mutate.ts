import { GUARDS, refuserOf, removeGuard, seedGuarded } from '#src/guards.ts';
import { LOCK_MUTATIONS, weakenedPool } from '#src/lock-mutations.ts';
import { LOCK_PROBES } from '#src/lock-probes.ts';
import type { TestDatabase } from '#src/scratch-database.ts';

/** A lock, a key or a check that was taken away, and the test that failed without it; null if none did. */
export interface MutationReport {
  readonly mutation: string;
  readonly noticedBy: string | null;
}

/** Takes away every guard and every lock, one at a time, each in a database of its own, and runs the tests that should notice. */
export async function* mutate(openDatabase: () => Promise<TestDatabase>): AsyncGenerator<MutationReport> {
  for (const guard of GUARDS) {
    const database = await openDatabase();
    try {
      await seedGuarded(database.pool);
      const before = await refuserOf(database.ownerPool, guard);
      if (before !== guard.name) throw new Error(`${guard.name} did not refuse what it is there for: ${before}`);
      await removeGuard(database.ownerPool, guard);
      const isNoticed = (await refuserOf(database.ownerPool, guard)) !== guard.name;
      yield { mutation: guard.name, noticedBy: isNoticed ? `${guard.name} refuses what it is there for` : null };
    } finally {
      await database.drop();
    }
  }
  for (const mutation of LOCK_MUTATIONS)
    yield { mutation: mutation.name, noticedBy: await probe(openDatabase, mutation) };
}

async function probe(
  openDatabase: () => Promise<TestDatabase>,
  mutation: (typeof LOCK_MUTATIONS)[number],
): Promise<string | null> {
  let weakened = 0;
  for (const { name, run } of LOCK_PROBES) {
    const database = await openDatabase();
    try {
      const weak = weakenedPool(database.pool, mutation);
      const noticed = await run({ pool: weak.pool, plain: database.ownerPool }, { everyRow: true });
      weakened += weak.weakened();
      if (noticed !== null) return `${name} (${noticed})`;
    } finally {
      await database.drop();
    }
  }
  if (weakened === 0) throw new Error(`No statement was weakened for "${mutation.name}": its text has changed`);
  return null;
}
