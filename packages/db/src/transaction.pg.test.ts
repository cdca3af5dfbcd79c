import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Tx, withTransaction } from '#src/transaction.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  await db.ownerPool.query(
    'CREATE TABLE notes (id int PRIMARY KEY, text text); GRANT ALL ON notes TO clipmeter_app; INSERT INTO notes VALUES (1), (2)',
  );
});
afterAll(() => db.drop());

async function noteIds(): Promise<number[]> {
  const { rows } = await db.pool.query<{ id: number }>('SELECT id FROM notes ORDER BY id');
  return rows.map(({ id }) => id);
}

test('what fails leaves nothing behind', async () => {
  await expect(
    withTransaction(db.pool, async (tx) => {
      await tx.query('INSERT INTO notes VALUES (3)');
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await noteIds()).toEqual([1, 2]);
});

test('an error that the work swallowed is not taken for success', async () => {
  await expect(
    withTransaction(db.pool, async (tx) => {
      await tx.query('INSERT INTO notes VALUES (1)').catch(() => {});
    }),
  ).rejects.toThrow(/swallowed/);
});

test('a transaction inside another is refused, and so is a query after its end', async () => {
  await expect(withTransaction(db.pool, () => withTransaction(db.pool, async () => {}))).rejects.toThrow(
    /inside another/,
  );
  let kept: Tx | undefined;
  await withTransaction(db.pool, async (tx) => {
    kept = tx;
  });
  expect(() => kept?.query('SELECT 1')).toThrow(/has ended/);
});

test('after an error nothing is sent behind the rollback: what comes late is refused, not written by itself', async () => {
  const failed = Promise.withResolvers<void>();
  let late: Promise<unknown> | undefined;
  const work = withTransaction(db.pool, async (tx) => {
    // Work that was begun together with what fails, and goes on after it.
    late = failed.promise.then(() => tx.query('INSERT INTO notes VALUES (4)'));
    await tx.query('SELECT 1 / 0');
  });
  await expect(work).rejects.toMatchObject({ code: '22012' });
  failed.resolve();
  await expect(late).rejects.toThrow(/has ended/);
  expect(await noteIds()).toEqual([1, 2]);
});

test('two transactions that deadlock both finish: one of them runs again', async () => {
  const waits: number[] = [];
  const bothHold = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const committed = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const cross = async (own: 0 | 1, other: 0 | 1) => {
    // Run again only when the other is through: sooner, the two could cross once more.
    const sleep = async (ms: number) => {
      waits.push(ms);
      await committed[other].promise;
    };
    await withTransaction(
      db.pool,
      async (tx) => {
        await tx.query('UPDATE notes SET text = $1 WHERE id = $2', [`by ${own}`, own + 1]);
        bothHold[own].resolve();
        await bothHold[other].promise;
        await tx.query('UPDATE notes SET text = $1 WHERE id = $2', [`by ${own}`, other + 1]);
      },
      { sleep },
    );
    committed[own].resolve();
  };
  await Promise.all([cross(0, 1), cross(1, 0)]);
  expect(waits).toHaveLength(1);
});

test('it gives up after as many attempts as it was given', async () => {
  let attempts = 0;
  await expect(
    withTransaction(
      db.pool,
      async (tx) => {
        attempts += 1;
        await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
      },
      { attemptsMax: 3, sleep: async () => {} },
    ),
  ).rejects.toMatchObject({ code: '40001' });
  expect(attempts).toBe(3);
});

test('of statements sent together the one that failed says why, and whether to try again', async () => {
  let attempts = 0;
  await withTransaction(
    db.pool,
    async (tx) => {
      attempts += 1;
      if (attempts > 1) return;
      const late = async () => await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
      // Heard of first, although it failed only because the other did.
      const aftermath = Promise.withResolvers<void>();
      const failed = late().catch(async (error: unknown) => {
        await aftermath.promise;
        throw error;
      });
      await Promise.all([failed, tx.query('SELECT 1').finally(() => setImmediate(() => aftermath.resolve()))]);
    },
    { sleep: async () => {} },
  );
  expect(attempts).toBe(2);
});

test('an audit reads one snapshot and writes nothing', async () => {
  await expect(
    withTransaction(db.pool, (tx) => tx.query('DELETE FROM notes'), { isolation: 'REPEATABLE READ', readOnly: true }),
  ).rejects.toMatchObject({ code: '25006' });
});

test('a connection that Postgres ends fails its transaction and not the process', async () => {
  await expect(
    withTransaction(db.pool, async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await db.ownerPool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await tx.query('SELECT 1');
    }),
  ).rejects.toThrow();
  expect(await noteIds()).toEqual([1, 2]);
});
