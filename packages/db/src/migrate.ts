import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { ensureAppRole } from '#src/app-role.ts';
import { connectionConfig, type Queryable } from '#src/connect.ts';
import { installQueues } from '#src/install-queues.ts';
import { NO_FILTERS, withSchemaEngine } from '#src/schema-engine.ts';

const MIGRATIONS_DIR = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const SERVER_VERSION_MIN = 150_000;

/** The database cannot be used; its message is one sentence for whoever set DATABASE_URL. */
export class DatabaseRefused extends Error {}

/**
 * Brings a database to the newest schema: the role of the apps, the migrations not applied yet, pg-boss and its queues.
 * Run as the owner; safe to repeat and for several processes at once. Answers the names of the migrations applied.
 * Throws DatabaseRefused if the database holds something else, or the server is too old.
 */
export async function migrate(url: string): Promise<string[]> {
  const owner = new Client(connectionConfig({ url, role: 'owner', applicationName: 'clipmeter-migrate' }));
  owner.on('error', () => {}); // the query that waits is told
  await owner.connect();
  try {
    // Held by the session, so that a second start waits here instead of meeting half of a schema.
    await owner.query(`SELECT pg_advisory_lock(hashtext('clipmeter.migrate'))`);
    const names = await migrationNames();
    await assertEmptyOrOurs(owner, names);
    await ensureAppRole(owner);
    const applied = await applyMigrations(owner, url, names);
    await owner.query('SELECT maintain_partitions(now(), 7)');
    await installQueues(owner, url);
    return applied;
  } finally {
    await owner.end();
  }
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function assertEmptyOrOurs(owner: Queryable, names: readonly string[]): Promise<void> {
  const { rows } = await owner.query<{ version: number; database: string; tables: number; books: boolean }>(
    `SELECT current_setting('server_version_num')::int AS version, current_database() AS database,
            to_regclass('public._prisma_migrations') IS NOT NULL AS books,
            (SELECT count(*)::int FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
               AND n.nspname !~ '^pg_(toast|temp)'
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')) AS tables`,
  );
  const [found] = rows;
  if (!found) throw new Error('the server answered nothing about itself');
  if (found.version < SERVER_VERSION_MIN) {
    throw new DatabaseRefused(
      `Clipmeter needs Postgres 15 or newer; this server is ${Math.floor(found.version / 10_000)}.`,
    );
  }
  if (found.tables === 0) return;
  if (found.books) {
    const known = await owner.query<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations');
    const strange = known.rows.find(({ name }) => !names.includes(name));
    const first = known.rows.some(({ name }) => name === names[0]);
    if (strange && first) {
      throw new DatabaseRefused(
        `The database "${found.database}" was made by a newer Clipmeter (it has the migration ${strange.name}): use that version.`,
      );
    }
    if (!strange && (first || found.tables === 1)) return;
  }
  throw new DatabaseRefused(
    `The database "${found.database}" already holds something that is not Clipmeter's: give DATABASE_URL an empty one.`,
  );
}

async function applyMigrations(owner: Queryable, url: string, names: readonly string[]): Promise<string[]> {
  await forgetCutShort(owner);
  const migrationDirectories = await Promise.all(
    names.map(async (name) => {
      const value = await readFile(path.join(MIGRATIONS_DIR, name, 'migration.sql'), 'utf8');
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
    }),
  );
  const lockfile = {
    path: 'migration_lock.toml',
    content: await readFile(path.join(MIGRATIONS_DIR, 'migration_lock.toml'), 'utf8'),
  };
  const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
    engine.applyMigrations({
      migrationsList: { baseDir: MIGRATIONS_DIR, lockfile, shadowDbInitScript: '', migrationDirectories },
      filters: NO_FILTERS,
    }),
  );
  return appliedMigrationNames;
}

/**
 * A migration that was killed has a row without an end, at which the engine refuses every later start. Ours run as one
 * implicit transaction, so nothing of it is there: it counts as rolled back and is applied again.
 */
async function forgetCutShort(owner: Queryable): Promise<void> {
  const { rows } = await owner.query<{ books: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS books`,
  );
  if (!rows[0]?.books) return;
  await owner.query(
    'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
}
