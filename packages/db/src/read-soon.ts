import type { Tx } from '#src/transaction.ts';

/** Has a clip read at once: somebody waits for it. Its clip and campaign are locked, its submission is not yet. */
export async function readSoon(tx: Tx, clip: { id: string; platform: string }, at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO clip_schedules (clip_id, platform, next_due_at, urgent) VALUES ($1, $2, $3, true)
     ON CONFLICT (clip_id) DO UPDATE SET urgent = true,
       next_due_at = CASE WHEN clip_schedules.lease_until > $3 THEN clip_schedules.next_due_at ELSE $3 END`,
    [clip.id, clip.platform, at],
  );
}
