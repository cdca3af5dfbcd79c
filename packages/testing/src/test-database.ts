import { inject } from 'vitest';
import { copyDatabase, createDatabase, type EmptyDatabase, type TestDatabase } from '#src/scratch-database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of databases that are migrated and never touched, one a worker's server: test databases are copies of them. */
    templateUrls: string[];
  }
}

export type { EmptyDatabase, TestDatabase };

/** A migrated, empty database of one's own, copied from the template. For `*.pg.test.ts`, one a file. */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyDatabase(templateUrl());
}

/** A database in which nothing is, not even the schema: for tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<EmptyDatabase> {
  return createDatabase(templateUrl(), 'TEMPLATE template0');
}

/** On the server that this worker has for itself. */
function templateUrl(): string {
  const urls = inject('templateUrls');
  const url = urls[(Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % urls.length];
  if (url === undefined) throw new Error('no server was started for this worker');
  return url;
}
