import { inject } from 'vitest';
import { copyDatabase, createDatabase, type EmptyDatabase, type TestDatabase } from '#src/scratch-database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of a database that is migrated and never touched: test databases are copies of it. */
    templateUrl: string;
  }
}

export type { EmptyDatabase, TestDatabase };

/** A migrated, empty database of one's own, copied from the template. For `*.pg.test.ts`, one a file. */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyDatabase(inject('templateUrl'));
}

/** A database in which nothing is, not even the schema: for tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<EmptyDatabase> {
  return createDatabase(inject('templateUrl'), 'TEMPLATE template0');
}
