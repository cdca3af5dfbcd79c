import { readdirSync } from 'node:fs';
import { createEmptyDatabase, type EmptyDatabase } from '@clipmeter/testing/test-database';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '#src/migrate.ts';
import { NO_FILTERS, withSchemaEngine } from '#src/schema-engine.ts';

let db: EmptyDatabase;

/** In the order in which they are applied. */
const MIGRATIONS = readdirSync(new URL('../../../prisma/migrations', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

beforeEach(async () => {
  db = await createEmptyDatabase();
});
afterEach(() => db.drop());

test('an empty database is brought to the newest schema, and a second time nothing is left to do', async () => {
  expect(await migrate(db.url)).toEqual(MIGRATIONS);
  expect(await migrate(db.url)).toEqual([]);
  const { rows } = await db.ownerPool.query(
    `SELECT migration_name, finished_at IS NOT NULL AS finished, length(checksum) AS checksum, applied_steps_count
     FROM _prisma_migrations ORDER BY migration_name`,
  );
  expect(rows).toEqual(
    MIGRATIONS.map((name) => ({ migration_name: name, finished: true, checksum: 64, applied_steps_count: 1 })),
  );
});

test('two starts at once migrate once', async () => {
  const applied = await Promise.all([migrate(db.url), migrate(db.url)]);
  expect(applied.flat()).toEqual(MIGRATIONS);
});

test('the books are Prisma’s own: its engine finds nothing to diagnose', async () => {
  await migrate(db.url);
  const { rows } = await db.ownerPool.query(
    'SELECT count(*)::int AS failed FROM _prisma_migrations WHERE logs IS NOT NULL',
  );
  expect(rows).toEqual([{ failed: 0 }]);
  const diagnosis = await withSchemaEngine(db.url, (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList: {
        baseDir: '.',
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
        shadowDbInitScript: '',
        migrationDirectories: [],
      },
      optInToShadowDatabase: false,
      filters: NO_FILTERS,
    }),
  );
  expect(diagnosis).toMatchObject({ hasMigrationsTable: true, failedMigrationNames: [], editedMigrationNames: [] });
});

test('a migration that was killed half way is applied again', async () => {
  await migrate(db.url);
  await db.ownerPool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA pgboss CASCADE');
  await db.ownerPool.query(
    `CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
       migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
       applied_steps_count integer NOT NULL DEFAULT 0);
     INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', repeat('0', 64), '20261123000000_spine')`,
  );
  expect(await migrate(db.url)).toEqual(MIGRATIONS);
});

test('somebody else’s database is refused in one sentence and left as it was', async () => {
  await db.ownerPool.query('CREATE TABLE customers (id int)');
  await expect(migrate(db.url)).rejects.toThrow(
    /^The database "test_\w+" already holds something that is not Clipmeter's: give DATABASE_URL an empty one\.$/,
  );
  const { rows } = await db.ownerPool.query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`);
  expect(rows).toEqual([{ relname: 'customers' }]);
});

test('another project that uses Prisma is refused too', async () => {
  await db.ownerPool.query(
    `CREATE TABLE _prisma_migrations (migration_name text); CREATE TABLE customers (id int);
     INSERT INTO _prisma_migrations VALUES ('20200101000000_init')`,
  );
  await expect(migrate(db.url)).rejects.toThrow(/not Clipmeter's/);
});

test('a database of a newer Clipmeter is named as such', async () => {
  await migrate(db.url);
  await db.ownerPool.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('2', '', '20990101000000_later')`,
  );
  await expect(migrate(db.url)).rejects.toThrow(/was made by a newer Clipmeter/);
});
