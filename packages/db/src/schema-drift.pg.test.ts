import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  createEmptyDatabase,
  createTestDatabase,
  type EmptyDatabase,
  type TestDatabase,
} from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable } from '#src/connect.ts';
import { NO_FILTERS, withSchemaEngine } from '#src/schema-engine.ts';

/**
 * schema.prisma and the migrations say the same. Prisma cannot introspect through an adapter, so both are made real: the
 * migrations in one database, the SQL that the engine prints for schema.prisma in another; then the catalogs are compared.
 *
 * Only in SQL, because Prisma has no words for them: checks, triggers, functions, grants, partitions, partial indexes,
 * indexes of expressions, identity columns (a serial there), NOT NULL on arrays, NULLS NOT DISTINCT.
 */
let migrated: TestDatabase;
let declared: EmptyDatabase;

beforeAll(async () => {
  [migrated, declared] = await Promise.all([createTestDatabase(), createEmptyDatabase()]);
  const file = fileURLToPath(new URL('../../../prisma/schema.prisma', import.meta.url));
  const content = await readFile(file, 'utf8');
  const { stdout } = await withSchemaEngine(
    declared.url,
    (engine) =>
      engine.diff({
        from: { tag: 'empty' },
        to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
        script: true,
        exitCode: null,
        filters: NO_FILTERS,
      }),
    [['schema.prisma', content]],
  );
  await declared.ownerPool.query(stdout ?? '');
});
afterAll(() => Promise.all([migrated.drop(), declared.drop()]));

async function lines(client: Queryable, sql: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(sql);
  expect(rows.length).toBeGreaterThan(10);
  return rows.map(({ line }) => line).sort();
}

const TABLES = `pg_class t WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p')
  AND NOT t.relispartition AND t.relname <> '_prisma_migrations'`;

const COLUMNS = `
  SELECT t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         || CASE WHEN a.attnotnull AND a.attndims = 0 THEN ' NOT NULL' ELSE '' END AS line
  FROM (SELECT * FROM ${TABLES}) t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped`;

const INDEXES = `
  SELECT t.relname || ' ' || CASE WHEN i.indisprimary THEN 'primary key' WHEN i.indisunique THEN 'unique' ELSE 'index' END
         || ' ' || c.relname || ' ('
         || (SELECT string_agg(pg_get_indexdef(i.indexrelid, k, true) || CASE WHEN i.indoption[k - 1] & 1 = 1 THEN ' desc' ELSE '' END, ', ' ORDER BY k)
             FROM generate_series(1, i.indnkeyatts) k) || ')' AS line
  FROM (SELECT * FROM ${TABLES}) t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indpred IS NULL AND i.indexprs IS NULL`;

const FOREIGN_KEYS = `
  SELECT t.relname || ' ' || f.conname || ' ' || pg_get_constraintdef(f.oid) AS line
  FROM (SELECT * FROM ${TABLES}) t JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f'`;

test('columns have the same types and the same say about NULL', async () => {
  expect(await lines(declared.ownerPool, COLUMNS)).toEqual(await lines(migrated.ownerPool, COLUMNS));
});

test('primary keys, unique keys and indexes have the same names and columns', async () => {
  expect(await lines(declared.ownerPool, INDEXES)).toEqual(await lines(migrated.ownerPool, INDEXES));
});

test('foreign keys point to the same rows and do the same when those go', async () => {
  expect(await lines(declared.ownerPool, FOREIGN_KEYS)).toEqual(await lines(migrated.ownerPool, FOREIGN_KEYS));
});
