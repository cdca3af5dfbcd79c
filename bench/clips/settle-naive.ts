import { micros } from '@clipmeter/core/money';
import type { Pool } from '@clipmeter/db/connect';
import { numericFromMicros } from '@clipmeter/db/micros-column';
import { prepared } from '../../packages/db/src/prepared.ts';
import type { ClipRead } from './clip-reads.ts';

/** Its statements, planned once for each connection as the settlement's are. */
const READ = prepared(
  `SELECT (c.views - s.initial_views) / 1000.0 * s.payout_rate AS earned, p.budget - p.spent AS budget_left
   FROM clips c JOIN clip_submissions s ON s.clip_id = c.id AND s.status = 'APPROVED' JOIN campaigns p ON p.id = s.campaign_id
   WHERE c.id = $1`,
);
const ADD_SNAPSHOT = prepared(
  `INSERT INTO view_tracking (clip_id, run_id, date, platform, metric, views, counts) VALUES ($1, $2, $3, 'TIKTOK', 'plays', $4, '{}')`,
);
const SET_VIEWS = prepared('UPDATE clips SET views = $2, earnings = earnings + $3, last_read_at = $4 WHERE id = $1');
const ADD_SPENT = prepared('UPDATE campaigns SET spent = spent + $2 WHERE id = $1');
const SET_DUE = prepared('UPDATE clip_schedules SET next_due_at = $2, lease_until = NULL WHERE clip_id = $1');

/**
 * The way most such systems settle: clip after clip on one connection, each in a transaction of single statements (read
 * what it earned and what is left, add a snapshot, set the clip's views and earnings, add to what its campaign spent, set
 * its next read), with nothing locked and no ledger, balances or events. Money moves as fast as it can here, not as safely.
 */
export async function settleNaively(pool: Pool, run: { runId: string; endedAt: Date }, reads: readonly ClipRead[]) {
  const client = await pool.connect();
  try {
    for (const read of reads) {
      await client.query('BEGIN');
      const { rows } = await client.query<{ earned: string }>(READ, [read.clipId]);
      if (!rows[0]) throw new Error(`No clip ${read.clipId}`);
      const credit = numericFromMicros(micros(read.creditMicros));
      const dueAt = new Date(run.endedAt.getTime() + 3_600_000);
      await client.query(ADD_SNAPSHOT, [read.clipId, run.runId, run.endedAt, read.views]);
      await client.query(SET_VIEWS, [read.clipId, read.views, credit, run.endedAt]);
      await client.query(ADD_SPENT, [read.campaignId, credit]);
      await client.query(SET_DUE, [read.clipId, dueAt]);
      await client.query('COMMIT');
    }
  } finally {
    client.release();
  }
}

/** The naive way keeps no balances; this brings them to the campaigns' totals, so that both ways can go on. Not measured. */
export async function catchUpBalances(pool: Pool, reads: readonly ClipRead[]) {
  const owed = new Map<string, bigint>();
  for (const { budgetAccountId, creditMicros } of reads)
    owed.set(budgetAccountId, (owed.get(budgetAccountId) ?? 0n) + creditMicros);
  await pool.query(
    `UPDATE ledger_accounts a SET balance = a.balance - w.amount FROM unnest($1::uuid[], $2::numeric[]) AS w (id, amount) WHERE a.id = w.id`,
    [[...owed.keys()], [...owed.values()].map((amount) => numericFromMicros(micros(amount)))],
  );
}
