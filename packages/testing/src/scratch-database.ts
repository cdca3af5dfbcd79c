import { randomBytes } from 'node:crypto';
import { createPool, type Pool } from '@clipmeter/db/connect';
import { runAsAdmin } from '#src/run-as-admin.ts';

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

/** A database of one's own, copied from a template that nobody is connected to. */
export async function copyDatabase(templateUrl: string): Promise<TestDatabase> {
  const template = new URL(templateUrl).pathname.slice(1);
  const database = await createDatabase(templateUrl, `TEMPLATE ${template}`);
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

/** @param how the rest of CREATE DATABASE: its template */
export async function createDatabase(serverUrl: string, how: string): Promise<EmptyDatabase> {
  const url = new URL(serverUrl);
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
