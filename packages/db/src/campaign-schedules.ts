import type { Queryable } from '#src/connect.ts';
import type { Tx } from '#src/transaction.ts';

/**
 * Stops the reads of a paused campaign: its clips are parked until `wakeCampaign`. A clip that is being read right now is
 * parked by its settlement. The campaign is locked before (the system's lock order).
 */
export async function parkCampaign(tx: Tx, campaignId: string): Promise<void> {
  await setNextDue(tx, campaignId, 'infinity');
  // Nothing is expected of clips that are not read.
  await tx.query('UPDATE campaigns SET expected = 0 WHERE id = $1', [campaignId]);
}

/** Makes all parked clips of a campaign due: after a pause, growth during the pause counts at the first read. */
export async function wakeCampaign(tx: Tx, campaignId: string, now: Date): Promise<void> {
  await setNextDue(tx, campaignId, now);
}

/** What is on hold stays parked until an admin releases it. */
async function setNextDue(tx: Tx, campaignId: string, nextDueAt: Date | 'infinity'): Promise<void> {
  await tx.query(
    `WITH mine AS (
       SELECT s.clip_id FROM clip_schedules s JOIN clip_submissions cs ON cs.clip_id = s.clip_id
       WHERE cs.campaign_id = $1 AND cs.status = 'APPROVED' AND cs.held_at IS NULL ORDER BY s.clip_id FOR NO KEY UPDATE OF s)
     UPDATE clip_schedules s SET next_due_at = $2, expected = 0 FROM mine WHERE s.clip_id = mine.clip_id`,
    [campaignId, nextDueAt],
  );
}

/**
 * The clips of a campaign that still have a schedule, those of approvals that wait included. In a final campaign there come
 * no more of them.
 */
export async function scheduledClips(client: Queryable, campaignId: string, limit: number | null): Promise<string[]> {
  const { rows } = await client.query<{ clip_id: string }>(
    `SELECT s.clip_id FROM clip_schedules s JOIN clip_submissions cs ON cs.clip_id = s.clip_id
     WHERE cs.campaign_id = $1 AND cs.status IN ('PENDING', 'APPROVED') LIMIT $2`,
    [campaignId, limit],
  );
  return rows.map((row) => row.clip_id);
}

/** What is finished is not read: forgets the schedules of these clips of a campaign, which is locked and final. */
export async function forgetClips(tx: Tx, campaignId: string, clipIds: readonly string[]): Promise<void> {
  await tx.query(
    `WITH idle AS (
       SELECT s.clip_id FROM clip_schedules s JOIN clip_submissions cs ON cs.clip_id = s.clip_id
       WHERE s.clip_id = ANY ($2::uuid[]) AND cs.campaign_id = $1 AND cs.status IN ('PENDING', 'APPROVED')
       ORDER BY s.clip_id FOR NO KEY UPDATE OF s)
     DELETE FROM clip_schedules s USING idle WHERE s.clip_id = idle.clip_id`,
    [campaignId, clipIds],
  );
}
