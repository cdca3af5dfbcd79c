import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backend } from '#src/server/backend.ts';
import { answerViewTracking } from '#src/server/view-tracking.ts';

const SECRET = 'the secret of this test';
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('BETTER_AUTH_SECRET', 's'.repeat(32));
  vi.stubEnv('CRON_SECRET', SECRET);
  vi.stubEnv('CRON_WAIT_SECONDS', '3');
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterAll(async () => {
  await backend().cronCalls.idle();
  await backend().pool.end();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await database.drop();
});

function call(query: string, authorization?: string): Promise<Response> {
  const headers = { 'user-agent': 'vercel-cron/1.0', ...(authorization && { authorization }) };
  return answerViewTracking(new Request(`http://localhost/api/cron/view-tracking${query}`, { headers }));
}

async function counted(): Promise<Record<string, number>> {
  await backend().cronCalls.idle();
  const { rows } = await database.pool.query<{ outcome: string; calls: number }>(
    'SELECT outcome, sum(calls)::int AS calls FROM cron_calls GROUP BY outcome',
  );
  return Object.fromEntries(rows.map((row) => [row.outcome, row.calls]));
}

async function rounds(): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM tracking_rounds');
  return rows[0]?.count ?? 0;
}

test('who has no secret or a wrong one is refused before anything is read of what they ask', async () => {
  for (const authorization of [undefined, 'Bearer wrong', `Basic ${SECRET}`]) {
    const response = await call('?limit=nonsense', authorization);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ success: false, error: 'Unauthorized' });
  }
  expect(await rounds()).toBe(0);
});

test('a malformed question is answered with one sentence and changes nothing', async () => {
  const response = await call('?limit=0', `Bearer ${SECRET}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    success: false,
    error: 'limit must be a whole number from 1 to 1000000.',
  });
  expect(await rounds()).toBe(0);
});

test('a call waits for the end of its round and tells what it came to', async () => {
  const waiting = call('', `Bearer ${SECRET}`);
  await vi.waitFor(async () => expect(await rounds()).toBe(1), { timeout: 2_000, interval: 10 });
  await database.pool.query(
    `UPDATE tracking_rounds SET status = 'ENDED', started_at = requested_at, limit_at = requested_at, chosen = 3,
       ended_at = requested_at + interval '15.234 s', processed = 3, successful = 2, failed = 1, earnings_added = 127.509999, campaigns_completed = 1`,
  );
  const response = await waiting;
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    success: true,
    duration: '15234ms',
    stats: { processed: 3, successful: 2, failed: 1, earningsAdded: '$127.50', campaignsCompleted: 1 },
  });
});

test('a round that no tracker has ended in time still runs; two who ask are told of the same one', async () => {
  const answers = await Promise.all([call('', `Bearer ${SECRET}`), call('?all=1', `Bearer ${SECRET}`)]);
  const bodies = await Promise.all(answers.map((response) => response.json()));
  expect(answers.map((response) => response.status)).toEqual([202, 202]);
  expect(bodies[0]).toEqual({ success: true, roundId: expect.any(String), running: true });
  expect(bodies[1]).toEqual(bodies[0]);
  expect(await rounds()).toBe(2);
});

test('every call is counted, a flood of refused ones to the last, in few rows', async () => {
  await Promise.all(Array.from({ length: 2_000 }, () => call('', 'Bearer guess')));
  expect(await counted()).toEqual({ REFUSED: 2_003, MALFORMED: 1, RUNNING: 2, ENDED: 1 });
  const { rows } = await database.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM cron_calls');
  expect(rows[0]?.count).toBeLessThan(20);
});
