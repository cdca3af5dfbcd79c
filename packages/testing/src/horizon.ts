import type { Queryable } from '@clipmeter/db/connect';
import { vi } from 'vitest';

/**
 * Resolves when everything committed so far can be read from the event log. The log's horizon is the server's, not the
 * database's: a transaction that another test file has open, in another database, holds it for a moment.
 */
export async function horizonPassed(client: Queryable): Promise<void> {
  const { rows } = await client.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
  await vi.waitUntil(
    async () => {
      const passed = await client.query<{ passed: boolean }>(
        'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS passed',
        [rows[0]?.xid],
      );
      return passed.rows[0]?.passed;
    },
    { timeout: 20_000, interval: 5 },
  );
}
