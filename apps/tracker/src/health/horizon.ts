import { withTransaction } from '@clipmeter/db/transaction';
import type { Pool } from 'pg';

/** The transaction behind which every event of the log waits. */
export interface HorizonHolder {
  readonly pid: number;
  readonly database: string | null;
  readonly application: string;
  readonly state: string | null;
  readonly ageMs: number;
}

/**
 * The oldest transaction of the server that has written something: readers of the event log stay below it, whichever
 * database it is in. Null when nothing holds it.
 */
export async function readHorizonHolder(pool: Pool): Promise<HorizonHolder | null> {
  return withTransaction(pool, async (tx) => {
    // Under the apps' role Postgres hides what other logins do; the login itself sees at least its own.
    await tx.query('SET LOCAL ROLE none');
    const { rows } = await tx.query<{
      pid: number;
      datname: string | null;
      application_name: string;
      state: string | null;
      age_ms: string;
    }>(
      `SELECT pid, datname, application_name, state,
         round(extract(epoch FROM clock_timestamp() - xact_start) * 1000)::bigint AS age_ms
       FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
       ORDER BY age(backend_xid) DESC LIMIT 1`,
    );
    const [row] = rows;
    if (!row) return null;
    const { pid, state } = row;
    return { pid, state, database: row.datname, application: row.application_name, ageMs: Number(row.age_ms) };
  });
}
