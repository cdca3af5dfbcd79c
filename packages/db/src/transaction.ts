import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { Queryable } from '#src/connect.ts';

declare const transaction: unique symbol;

/** A transaction that is open now. Whatever writes demands one, so that nothing is written by halves. */
export interface Tx extends Queryable {
  readonly [transaction]: true;
}

export interface TransactionOptions {
  isolation?: 'READ COMMITTED' | 'REPEATABLE READ';
  readOnly?: boolean;
  /** How often the work may run in all; only a deadlock or a failed serialization runs it again. */
  attemptsMax?: number;
  sleep?: (ms: number) => Promise<unknown>;
  random?: () => number;
}

const ATTEMPTS_MAX = 5;
const RETRY_BASE_MS = 20;
const RETRIED_CODES = new Set(['40P01', '40001']);
const open = new AsyncLocalStorage<boolean>();

/**
 * Runs `work` in one transaction and answers what it answers, once it is committed. A deadlock (40P01) or a failed
 * serialization (40001) runs it again after a short random wait, so `work` must have no effect but through `tx`.
 * Transactions never nest: a second connection, waiting for the locks of the first, would wait for ever.
 */
export async function withTransaction<T>(
  pool: Pool,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  assert(!open.getStore(), 'a transaction was begun inside another');
  const sleep = options.sleep ?? sleepFor;
  const random = options.random ?? Math.random;
  const attemptsMax = options.attemptsMax ?? ATTEMPTS_MAX;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(pool, work, options);
    } catch (error) {
      if (attempt >= attemptsMax || !isRetried(error)) throw error;
      await sleep(Math.ceil(RETRY_BASE_MS * 2 ** attempt * (0.5 + random())));
    }
  }
}

async function attemptOnce<T>(
  pool: Pool,
  work: (tx: Tx) => Promise<T>,
  { isolation = 'READ COMMITTED', readOnly = false }: TransactionOptions,
): Promise<T> {
  const client = await pool.connect();
  const tx = openTx(client);
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}${readOnly ? ' READ ONLY' : ''}`);
    const result = await open.run(true, () => work(tx));
    tx.close();
    const { command } = await client.query('COMMIT');
    // Postgres answers ROLLBACK to the COMMIT of a transaction in which an error was swallowed.
    assert.equal(command, 'COMMIT', 'an error was swallowed inside a transaction, so nothing was written');
    return result;
  } catch (error) {
    // Of statements that were sent together, one that follows another must not be sent behind the end of this.
    tx.close();
    await client.query('ROLLBACK').catch((failed: Error) => {
      broken = failed;
    });
    throw isAftermath(error) ? (tx.firstFailure() ?? error) : error;
  } finally {
    client.release(broken);
  }
}

function openTx(client: PoolClient): Tx & { close(): void; firstFailure(): unknown } {
  let closed = false;
  let failure: unknown;
  const query: Queryable['query'] = (text, values) => {
    assert(!closed, 'a query was sent through a transaction that has ended');
    const sent = client.query(text, values);
    sent.catch((error: unknown) => {
      failure ??= error;
    });
    return sent;
  };
  const close = () => {
    closed = true;
  };
  // The brand exists for the type checker only.
  return { query, close, firstFailure: () => failure } as Tx & { close(): void; firstFailure(): unknown };
}

/** Postgres refuses what was sent together with a statement that failed: the reason, and whether to try again, is in that one. */
function isAftermath(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '25P02';
}

function isRetried(error: unknown): boolean {
  return error instanceof DatabaseError && error.code !== undefined && RETRIED_CODES.has(error.code);
}
