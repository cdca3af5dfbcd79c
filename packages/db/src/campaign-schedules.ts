import type { Tx } from '#src/transaction.ts';

/**
 * Stops the reads of a paused campaign: its clips are parked until `wakeCampaign`. A clip that is being read right now is
 * parked by its settlement. The campaign is locked before (the system's lock order).
 */
export async function parkCampaign(tx: Tx, campaignId: string): Promise<void> {
  await setNextDue(tx, campaignId, 'infinity');
}

/** Makes all parked clips of a campaign due: after a pause, growth during the pause counts at the first read. */
export async function wakeCampaign(tx: Tx, campaignId: string, now: Date): Promise<void> {
  await setNextDue(tx, campaignId, now);
}

async function setNextDue(tx: Tx, campaignId: string, nextDueAt: Date | 'infinity'): Promise<void> {
  await tx.query(
    `WITH mine AS (
       SELECT s.clip_id FROM clip_schedules s JOIN clip_submissions cs ON cs.clip_id = s.clip_id
       WHERE cs.campaign_id = $1 AND cs.status = 'APPROVED' ORDER BY s.clip_id FOR NO KEY UPDATE OF s)
     UPDATE clip_schedules s SET next_due_at = $2 FROM mine WHERE s.clip_id = mine.clip_id`,
    [campaignId, nextDueAt],
  );
}
