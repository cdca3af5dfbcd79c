import type { Platform } from '@clipmeter/core/platform';
import type { DueClip } from '#src/claim-due.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import type { Tx } from '#src/transaction.ts';

/**
 * Clips to read along with due ones of which more were not found last time than were: on a platform that has no word for
 * a video that is gone, a run that shows these and leaves those out says something of them. They are the next that would
 * be due anyway. None when none are needed or there are none.
 */
export async function lockWitnesses(
  tx: Tx,
  want: { platform: Platform; due: readonly DueClip[]; witnessesMax: number; now: Date },
): Promise<readonly DueClip[]> {
  const wanted = Math.min(want.witnessesMax, await countUnwitnessed(tx, want.due));
  if (wanted <= 0) return [];
  const { rows } = await tx.query<{
    clip_id: string;
    external_id: string;
    url: string;
    author_handle: string | null;
    next_due_at: Date;
    last_read_at: Date | null;
    velocity: number;
    expected: string;
  }>(
    `SELECT s.clip_id, s.next_due_at, s.velocity, s.expected, c.external_id, c.url, c.author_handle, c.last_read_at
     FROM clip_schedules s JOIN clips c ON c.id = s.clip_id
     WHERE s.platform = $1 AND s.next_due_at > $2 AND s.next_due_at < 'infinity' AND s.last_outcome = 'found' AND s.apart IS NULL
       AND (s.lease_until IS NULL OR s.lease_until <= $2)
     ORDER BY s.next_due_at LIMIT $3 FOR NO KEY UPDATE OF s SKIP LOCKED`,
    [want.platform, want.now, wanted],
  );
  return rows.map((row) => ({
    clipId: row.clip_id,
    externalId: row.external_id,
    url: row.url,
    authorHandle: row.author_handle,
    nextDueAt: row.next_due_at,
    lastReadAt: row.last_read_at,
    urgent: false,
    asked: false,
    velocityPerHour: row.velocity,
    expectedMicros: microsFromNumeric(row.expected),
  }));
}

/** By how many the clips that were not found last time outnumber those that were. */
async function countUnwitnessed(tx: Tx, due: readonly DueClip[]): Promise<number> {
  const { rows } = await tx.query<{ wanted: number }>(
    `SELECT (count(*) FILTER (WHERE failures > 0) - count(*) FILTER (WHERE last_outcome = 'found'))::integer AS wanted
     FROM clip_schedules WHERE clip_id = ANY ($1::uuid[])`,
    [due.map((clip) => clip.clipId)],
  );
  return rows[0]?.wanted ?? 0;
}
