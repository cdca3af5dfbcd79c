import { expect, test } from 'vitest';
import { attemptDelayMs, type Connection, type ConnectionEvent, nextConnection } from '#src/live/connection.ts';

const start: Connection = { phase: 'connecting', attempt: 0, asOfMs: 0 };

function after(...events: ConnectionEvent[]): Connection {
  return events.reduce(nextConnection, start);
}

test('the first connection is no reconnection', () => {
  expect(after({ type: 'attempt' })).toMatchObject({ phase: 'connecting', attempt: 1 });
  expect(after({ type: 'attempt' }, { type: 'opened', atMs: 5 })).toEqual({ phase: 'live', attempt: 0, asOfMs: 5 });
});

test('a cut socket counts its attempts and then says until when its numbers are true', () => {
  const cut = after({ type: 'attempt' }, { type: 'opened', atMs: 5 }, { type: 'closed', atMs: 90 });
  expect(cut).toEqual({ phase: 'reconnecting', attempt: 0, asOfMs: 90 });
  const attempts = (count: number) =>
    Array.from({ length: count }, (): ConnectionEvent => ({ type: 'attempt' })).reduce(nextConnection, cut);
  expect(attempts(2)).toEqual({ phase: 'reconnecting', attempt: 2, asOfMs: 90 });
  expect(attempts(5)).toEqual({ phase: 'offline', attempt: 5, asOfMs: 90 });
  expect(nextConnection(attempts(5), { type: 'refreshed', atMs: 200 }).asOfMs).toBe(200);
  expect(nextConnection(attempts(5), { type: 'opened', atMs: 300 })).toEqual({
    phase: 'live',
    attempt: 0,
    asOfMs: 300,
  });
});

test('a browser that knows it is offline says so at once', () => {
  const live = after({ type: 'attempt' }, { type: 'opened', atMs: 5 });
  const offline = nextConnection(live, { type: 'browser-offline', atMs: 50 });
  expect(offline).toMatchObject({ phase: 'offline', asOfMs: 50 });
  expect(nextConnection(offline, { type: 'attempt' }).phase).toBe('offline');
});

test('attempts come at once, then further and further apart, with a limit', () => {
  expect([1, 2, 3, 4, 5].map((attempt) => attemptDelayMs(attempt, 0.5))).toEqual([0, 1000, 2000, 4000, 8000]);
  expect(attemptDelayMs(50, 0.5)).toBe(30_000);
  expect(attemptDelayMs(3, 0)).toBe(1500);
});
