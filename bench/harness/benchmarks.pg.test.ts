import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { expect, test, vi } from 'vitest';
import { loadAsOwner } from './bench-postgres.ts';
import type { Bench } from './benchmark.ts';

// The run of tests has a server already; that its commits are not on the disk does not matter here.
vi.mock('./bench-postgres.ts', async (importOriginal) => {
  const databases: TestDatabase[] = [];
  return {
    ...(await importOriginal<object>()),
    startBenchPostgres: async () => ({
      async createDatabase() {
        const database = await createTestDatabase();
        databases.push(database);
        return { url: database.url, pool: database.pool, load: (sql: string) => loadAsOwner(database.url, sql) };
      },
      async stop() {
        for (const database of databases.splice(0)) await database.drop();
      },
    }),
  };
});

/** Some fork half a dozen processes, beside whatever else is being tested. */
const TIMEOUT_MS = 120_000;

/** These fork and fill for seconds: `BENCH=all npx vitest run --project pg bench` runs them too. */
const LONG = ['fanout', 'live', 'settlement'];

const names = readdirSync(path.join(import.meta.dirname, '..'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .filter((name) => process.env['BENCH'] === 'all' || !LONG.includes(name));

test.each(names)(
  'the benchmark %s runs, and every figure of it is a number if it was measured',
  { timeout: TIMEOUT_MS },
  async (name) => {
    const { run }: { run: Bench } = await import(`../${name}.ts`);
    const { rows, figures } = await run({ small: true, tiny: true, say: () => {} });
    expect(rows.length).toBeGreaterThan(0);
    for (const [figure, value] of Object.entries(figures)) {
      expect([figure, value === null || Number.isFinite(value)]).toEqual([figure, true]);
    }
  },
);
