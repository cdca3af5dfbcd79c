import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { type Job, PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchQueue, QUEUES, queueOptions, tickQueue } from '#src/queues.ts';
import { withTransaction } from '#src/transaction.ts';

let db: TestDatabase;
let boss: PgBoss;
const failures: Error[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  boss = new PgBoss({
    ...queueOptions(db.url, 'test'),
    max: 4,
    maintenanceIntervalSeconds: 1,
    superviseIntervalSeconds: 1,
  });
  boss.on('error', (error) => failures.push(error));
  await boss.start();
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await db.drop();
});

test('the queues are there before any process asks for them', async () => {
  const names = (await boss.getQueues()).map((queue) => queue.name);
  expect(names).toEqual(expect.arrayContaining(QUEUES.map((queue) => queue.name)));
});

test('the role of the apps sends, works, schedules and maintains without owning anything', async () => {
  const worked = Promise.withResolvers<unknown>();
  await boss.work(batchQueue('TIKTOK'), { pollingIntervalSeconds: 0.5 }, async ([job]: Job<{ run: string }>[]) => {
    worked.resolve(job?.data);
  });
  await boss.send(batchQueue('TIKTOK'), { run: '1' });
  expect(await worked.promise).toEqual({ run: '1' });
  await boss.schedule(tickQueue('TIKTOK'), '* * * * *');
  await boss.supervise();
  expect(failures).toEqual([]);
});

test('a job that is sent in a transaction exists only once that is committed', async () => {
  const queue = batchQueue('X');
  const send = (fail: boolean) =>
    withTransaction(db.pool, async (tx) => {
      await boss.send(queue, {}, { db: { executeSql: (text, values) => tx.query(text, values) } });
      if (fail) throw new Error('the work failed');
    });
  await expect(send(true)).rejects.toThrow('the work failed');
  expect(await boss.fetch(queue)).toEqual([]);
  await send(false);
  expect(await boss.fetch(queue)).toHaveLength(1);
});

test('a tick sends its successor while it is active, and only one', async () => {
  const queue = tickQueue('YOUTUBE');
  await boss.send(queue, {});
  expect(await boss.fetch(queue)).toHaveLength(1);
  expect(await boss.send(queue, {})).not.toBeNull();
  expect(await boss.send(queue, {})).toBeNull();
});
