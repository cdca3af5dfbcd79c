import { randomBytes } from 'node:crypto';
import { createPool, type Pool } from '@clipmeter/db/connect';
import { inject } from 'vitest';
import { runAsAdmin } from '#src/run-as-admin.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of a database that is migrated and never touched: test databases are copies of it. */
    templateUrl: string;
  }
}

export interface EmptyDatabase {
  /** Of the owner's login; what takes a DATABASE_URL gets this one. */
  url: string;
  /** For what only the owner may do. */
  ownerPool: Pool;
  /** Ends the pools and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

export interface TestDatabase extends EmptyDatabase {
  /** Under the role of the apps, as in production. */
  pool: Pool;
}

/** A migrated, empty database of one's own, copied from the template. For `*.pg.test.ts`, one a file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const database = await createDatabase(`TEMPLATE ${new URL(inject('templateUrl')).pathname.slice(1)}`);
  const pool = createPool({ url: database.url, role: 'app', applicationName: 'test' });
  return {
    ...database,
    pool,
    async drop() {
      await pool.end();
      await database.drop();
    },
  };
}

/** A database in which nothing is, not even the schema: for tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<EmptyDatabase> {
  return createDatabase('TEMPLATE template0');
}

async function createDatabase(how: string): Promise<EmptyDatabase> {
  const url = new URL(inject('templateUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  url.pathname = `/${name}`;
  // FILE_COPY: the other way writes every page of it to the log.
  await runAsAdmin(url.href, `CREATE DATABASE ${name} ${how} STRATEGY FILE_COPY`);
  const ownerPool = createPool({ url: url.href, role: 'owner', applicationName: 'test-owner' });
  return {
    url: url.href,
    ownerPool,
    async drop() {
      await ownerPool.end();
      await runAsAdmin(url.href, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
