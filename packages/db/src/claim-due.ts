import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { microsFromNumeric } from '#src/micros-column.ts';
import type { RunClip } from '#src/scrape-run.ts';
import type { Tx } from '#src/transaction.ts';

/** A clip whose time has come, under this transaction's lock. */
export interface DueClip extends RunClip {
  readonly nextDueAt: Date;
  readonly lastReadAt: Date | null;
  /** An approval or a closing round waits for this read. */
  readonly urgent: boolean;
  /** A round that somebody asked for waits for this read. */
  readonly asked: boolean;
  readonly velocityPerHour: number;
  /** What it is expected to earn until its next read; a forecast. */
  readonly expectedMicros: Micros;
}

/**
 * Locks up to `limit` due clips of a platform, skipping those that another tracker holds: the urgent ones first, then the
 * longest due. Behind a backlog an approval would wait for hours, and a closing round would end without its reads. A
 * quarter is kept for the longest due all the same: urgent clips that never get an answer would hold up the rest for
 * ever. Nothing is written: follow with `leaseClips`, or roll back to leave them due.
 *
 * A clip that nothing reads for any more (its campaign is final, its submission not live) is never due.
 */
export async function lockDue(
  tx: Tx,
  want: { platform: Platform; limit: number; now: Date },
): Promise<readonly DueClip[]> {
  const { rows } = await tx.query<{
    clip_id: string;
    external_id: string;
    url: string;
    author_handle: string | null;
    next_due_at: Date;
    last_read_at: Date | null;
    urgent: boolean;
    asked: boolean;
    velocity: number;
    expected: string;
  }>(
    `WITH urgent AS (
       SELECT clip_id, next_due_at, urgent, velocity, expected FROM clip_schedules
       WHERE urgent AND platform = $1 AND next_due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
       ORDER BY next_due_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED),
     usual AS (
       SELECT clip_id, next_due_at, urgent, velocity, expected FROM clip_schedules
       WHERE NOT urgent AND platform = $1 AND next_due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
       ORDER BY next_due_at LIMIT GREATEST($3 - (SELECT count(*) FROM urgent), $3 / 4) FOR NO KEY UPDATE SKIP LOCKED),
     due AS (
       (SELECT * FROM urgent ORDER BY next_due_at LIMIT $3 - (SELECT count(*) FROM usual))
       UNION ALL SELECT * FROM usual)
     SELECT due.*, c.external_id, c.url, c.author_handle, c.last_read_at,
       EXISTS (SELECT FROM tracking_round_clips t WHERE t.clip_id = due.clip_id AND t.run_id IS NULL AND t.outcome IS NULL) AS asked
     -- The array keeps the planner, who cannot know how few are due, from reading all clips.
     FROM due JOIN clips c ON c.id = due.clip_id WHERE c.id = ANY (ARRAY(SELECT clip_id FROM due))
     ORDER BY due.urgent DESC, due.next_due_at, due.clip_id`,
    [want.platform, want.now, want.limit],
  );
  return rows.map((row) => ({
    clipId: row.clip_id,
    externalId: row.external_id,
    url: row.url,
    authorHandle: row.author_handle,
    nextDueAt: row.next_due_at,
    lastReadAt: row.last_read_at,
    urgent: row.urgent,
    asked: row.asked,
    velocityPerHour: row.velocity,
    expectedMicros: microsFromNumeric(row.expected),
  }));
}

/**
 * Leases locked clips to a run until then: a clip that is being read is not due, and one whose tracker died is again by
 * itself. Their due times stay, and with them all indexes: claims step over the few thousand that are leased at a time.
 */
export async function leaseClips(
  tx: Tx,
  lease: { runId: string; clipIds: readonly string[]; until: Date },
): Promise<void> {
  await tx.query(`UPDATE clip_schedules SET lease_until = $2, run_id = $1 WHERE clip_id = ANY ($3::uuid[])`, [
    lease.runId,
    lease.until,
    lease.clipIds,
  ]);
}

/** Locks and leases in one go: what a tick does when its batch is worth a run. */
export async function claimDue(
  tx: Tx,
  want: { platform: Platform; limit: number; now: Date; leaseMs: number; runId: string },
): Promise<readonly DueClip[]> {
  const due = await lockDue(tx, want);
  await leaseClips(tx, {
    runId: want.runId,
    clipIds: due.map((clip) => clip.clipId),
    until: new Date(want.now.getTime() + want.leaseMs),
  });
  return due;
}
