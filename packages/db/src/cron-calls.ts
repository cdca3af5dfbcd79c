import type { Queryable } from '#src/connect.ts';

/** What became of a call of the trigger: its round ended, still runs; it was malformed, refused; or we failed. */
export type CronCallOutcome = 'ENDED' | 'RUNNING' | 'MALFORMED' | 'REFUSED' | 'FAILED';

/** Calls of one outcome since the last time they were counted. */
export interface CronCalls {
  readonly outcome: CronCallOutcome;
  readonly calls: number;
  readonly lastSeen: Date;
  readonly lastAgent: string | null;
}

const KEEP_DAYS = 90;

/** Adds calls to their minute's rows: a minute has at most one for each outcome, however many calls come. */
export async function countCronCalls(client: Queryable, counted: readonly CronCalls[]): Promise<void> {
  await client.query(
    `WITH old AS (DELETE FROM cron_calls WHERE minute < (SELECT max(at) FROM unnest($3::timestamptz[]) AS at) - make_interval(days => $5))
     INSERT INTO cron_calls (minute, outcome, calls, last_seen, last_agent)
     SELECT date_trunc('minute', n.last_seen), n.outcome, n.calls, n.last_seen, n.last_agent
     FROM unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::text[]) AS n (outcome, calls, last_seen, last_agent)
     ON CONFLICT (minute, outcome) DO UPDATE SET calls = cron_calls.calls + EXCLUDED.calls,
       last_seen = GREATEST(cron_calls.last_seen, EXCLUDED.last_seen), last_agent = EXCLUDED.last_agent`,
    [
      counted.map((row) => row.outcome),
      counted.map((row) => row.calls),
      counted.map((row) => row.lastSeen),
      counted.map((row) => row.lastAgent),
      KEEP_DAYS,
    ],
  );
}
