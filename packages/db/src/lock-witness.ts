import type { Platform } from '@clipmeter/core/platform';
import type { DueClip } from '#src/claim-due.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import type { Tx } from '#src/transaction.ts';

/**
 * A clip to read along with due ones of which none was found last time and some were not: on a platform that has no word
 * for a video that is gone, a run that shows this one and leaves those out says something of them. It is the next that
 * would be due anyway. Null when no witness is needed or there is none.
 */
export async function lockWitness(
  tx: Tx,
  want: { platform: Platform; due: readonly DueClip[]; now: Date },
): Promise<DueClip | null> {
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
       AND NOT EXISTS (SELECT FROM clip_schedules d WHERE d.clip_id = ANY ($3::uuid[]) AND d.last_outcome = 'found')
       AND EXISTS (SELECT FROM clip_schedules d WHERE d.clip_id = ANY ($3::uuid[]) AND d.failures > 0)
     ORDER BY s.next_due_at LIMIT 1 FOR NO KEY UPDATE OF s SKIP LOCKED`,
    [want.platform, want.now, want.due.map((clip) => clip.clipId)],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
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
  };
}
