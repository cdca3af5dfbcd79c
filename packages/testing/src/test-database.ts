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

export interface TestDatabase {
  /** Of the owner's login; what takes a DATABASE_URL gets this one. */
  url: string;
  /** Under the role of the apps, as in production. */
  pool: Pool;
  /** For what only the owner may do. */
  ownerPool: Pool;
  /** Ends the pools and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own: a copy of the template, in some 50 ms. For `*.pg.test.ts`, one a file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runAsAdmin(template.href, `CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)} STRATEGY FILE_COPY`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  const pool = createPool({ url: url.href, role: 'app', applicationName: 'test' });
  const ownerPool = createPool({ url: url.href, role: 'owner', applicationName: 'test-owner' });
  return {
    url: url.href,
    pool,
    ownerPool,
    async drop() {
      await Promise.all([pool.end(), ownerPool.end()]);
      await runAsAdmin(template.href, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
