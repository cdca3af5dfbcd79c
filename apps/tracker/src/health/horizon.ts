import type { Queryable } from '@clipmeter/db/connect';

/** The transaction behind which every event of the log waits. */
export interface HorizonHolder {
  readonly pid: number;
  /** It may be in another database of the server. */
  readonly database: string;
  readonly application: string;
  readonly state: string;
  readonly seconds: number;
}

/** The oldest transaction of the server that has written something; null when nothing holds the horizon. */
export async function readHorizonHolder(client: Queryable): Promise<HorizonHolder | null> {
  const { rows } = await client.query<HorizonHolder>(
    'SELECT pid, database, application_name AS application, state, seconds FROM horizon_holder()',
  );
  return rows[0] ?? null;
}
