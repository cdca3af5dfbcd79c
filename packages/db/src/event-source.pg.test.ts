import { type Cursor, cursorParts, formatCursor } from '@clipmeter/realtime/cursor';
import { horizonPassed } from '@clipmeter/testing/horizon';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendEvents, currentCursor } from '#src/event-log.ts';
import { createEventSource } from '#src/event-source.ts';
import { maintainPartitions } from '#src/partitions.ts';
import { withTransaction } from '#src/transaction.ts';

let db: TestDatabase;
let source: ReturnType<typeof createEventSource>;

beforeAll(async () => {
  db = await createTestDatabase();
  source = createEventSource(db.pool, { url: db.url, retryMinMs: 10 });
});
afterAll(async () => {
  await source.close();
  await db.drop();
});

function say(...types: string[]): Promise<void> {
  return withTransaction(db.pool, (tx) =>
    appendEvents(
      tx,
      types.map((type) => ({ topic: 'campaign:1', type, payload: { type } })),
    ),
  );
}

async function readAll(after: Cursor, limit = 100): Promise<{ types: string[]; horizon: Cursor }> {
  await horizonPassed(db.pool);
  const types: string[] = [];
  for (let from = after; ; ) {
    const page = await source.readAfter(from, limit);
    if (page.lost) throw new Error('the cursor was lost');
    types.push(...page.events.map((event) => event.type));
    if (page.events.length < limit) return { types, horizon: page.horizon };
    from = page.horizon;
  }
}

test('events of one transaction are read in the order they were written, page by page', async () => {
  const before = await source.head();
  await say('a', 'b', 'c');
  await say('d');
  expect((await readAll(before)).types).toEqual(['a', 'b', 'c', 'd']);
  expect((await readAll(before, 3)).types).toEqual(['a', 'b', 'c', 'd']);
});

test('a reader that has read everything stands where nothing is read twice', async () => {
  const before = await source.head();
  await say('a');
  const { horizon } = await readAll(before);
  await say('b');
  expect((await readAll(horizon)).types).toEqual(['b']);
});

test('no event is lost when transactions commit in another order than they began', async () => {
  const start = await source.head();
  const first = await db.pool.connect();
  const second = await db.pool.connect();
  const insert = `INSERT INTO events (topic, type, payload) VALUES ('t', $1, '{}')`;
  await first.query('BEGIN');
  await first.query(insert, ['first']);
  await second.query('BEGIN');
  await second.query(insert, ['second']);
  await second.query('COMMIT');
  const early = await source.readAfter(start, 10);
  if (early.lost) throw new Error('the cursor was lost');
  expect(early.events).toEqual([]); // the older transaction is open: what is after it waits
  const { heldBy, oldestAt } = await source.backlog(early.horizon);
  expect(heldBy).toContain('idle in transaction');
  expect(oldestAt).not.toBeNull();
  await first.query('COMMIT');
  expect((await readAll(early.horizon)).types).toEqual(['first', 'second']);
  first.release();
  second.release();
});

test('a snapshot and the events after its cursor leave no gap, even beside an open transaction', async () => {
  const open = await db.pool.connect();
  await open.query('BEGIN');
  await open.query(`INSERT INTO events (topic, type, payload) VALUES ('t', 'hidden', '{}')`);
  const cursor = await currentCursor(db.pool);
  await open.query('COMMIT');
  open.release();
  expect((await readAll(cursor)).types).toEqual(['hidden']);
});

test('a subscription reads its own topics, whole or by prefix', async () => {
  const before = await source.head();
  await withTransaction(db.pool, (tx) =>
    appendEvents(tx, [
      { topic: 'campaign:1', type: 'x', payload: {} },
      { topic: 'user:1', type: 'y', payload: {} },
      { topic: 'admin', type: 'z', payload: {} },
    ]),
  );
  await horizonPassed(db.pool);
  const page = await source.readAfter(before, 10, ['user:1', { prefix: 'campaign:' }]);
  expect(page.lost || page.events.map((event) => event.topic)).toEqual(['campaign:1', 'user:1']);
  const none = await source.readAfter(before, 10, []);
  expect(none.lost || none.events).toEqual([]);
});

test('a cursor of another generation, or from the future, is lost', async () => {
  const here = cursorParts(await source.head());
  expect(await source.readAfter(formatCursor({ ...here, generation: here.generation + 1 }), 10)).toEqual({
    lost: true,
  });
  expect(await source.readAfter(formatCursor({ ...here, xid: here.xid + 1_000_000n }), 10)).toEqual({ lost: true });
});

// From here on the tests change the log itself, so their order matters.
test('a cursor older than what was dropped is lost; one after it goes on', async () => {
  const before = await source.head();
  await db.ownerPool.query(
    `INSERT INTO events (topic, type, payload, created_at) VALUES ('t', 'old', '{}', now() - interval '1 day')`,
  );
  await horizonPassed(db.pool);
  const after = await source.head();
  expect((await maintainPartitions(db.pool, new Date(Date.now() + 3 * 86_400_000), 1)).dropped).toBeGreaterThan(0);
  expect(await source.readAfter(before, 10)).toEqual({ lost: true });
  expect((await source.readAfter(after, 10)).lost).toBe(false);
});

test.each([
  ['another cluster', 'system_identifier = 1'],
  ['a base backup that was restored', 'timeline = timeline + 1'],
  ['a dump that was restored beside its original', 'table_oid = 1'],
])('in %s a new generation begins, once, and goes on from there', async (_, forgotten) => {
  await say('of the old history');
  const before = await source.head();
  await db.ownerPool.query(`UPDATE installation SET ${forgotten}`);
  expect(await source.readAfter(before, 10)).toEqual({ lost: true });
  const fresh = await source.head();
  expect(cursorParts(fresh).generation).toBeGreaterThan(cursorParts(before).generation);
  await say('of the new one');
  expect((await readAll(fresh)).types).toEqual(['of the new one']);
});

test('the same backup restored again begins another generation: it is the time, not the next number', async () => {
  await db.ownerPool.query('UPDATE installation SET cursor_generation = 1, timeline = timeline + 1');
  expect(await source.readAfter(await source.head(), 10)).toEqual({ lost: true });
  const secondsSince2026 = (Date.now() - Date.UTC(2026, 0)) / 1000;
  expect(Math.abs(cursorParts(await source.head()).generation - secondsSince2026)).toBeLessThan(60);
});

test('an event whose transaction id was not given yet shows that a dump was restored', async () => {
  const before = await source.head();
  await db.ownerPool.query(
    `INSERT INTO events (xid, topic, type, payload) VALUES ('9000000000000', 't', 'restored', '{}')`,
  );
  expect(await source.readAfter(before, 10)).toEqual({ lost: true });
  expect(cursorParts(await source.head()).generation).toBeGreaterThan(cursorParts(before).generation);
});

test('a follower is nudged at each commit, and again after its connection was cut', async () => {
  let nudged = Promise.withResolvers<void>();
  source.onNudge(() => nudged.resolve());
  await nudged.promise; // it listens now
  nudged = Promise.withResolvers();
  await say('a');
  await nudged.promise;
  nudged = Promise.withResolvers();
  await db.ownerPool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  await nudged.promise; // back by itself
  nudged = Promise.withResolvers();
  await say('b');
  await nudged.promise;
});
