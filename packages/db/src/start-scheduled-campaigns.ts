import type { Pool } from 'pg';
import { campaignEvents } from '#src/campaign-events.ts';
import { recordLaunches } from '#src/campaign-launch.ts';
import { appendEvents } from '#src/event-log.ts';
import { withTransaction } from '#src/transaction.ts';

const LIMIT = 100;

/** Makes SCHEDULED campaigns ACTIVE whose start has come. Returns their ids. */
export async function startScheduledCampaigns(pool: Pool, now: Date): Promise<readonly string[]> {
  return withTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `WITH due AS (
         SELECT id FROM campaigns WHERE status = 'SCHEDULED' AND starts_at <= $1
         ORDER BY id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED),
       started AS (
         UPDATE campaigns c SET status = 'ACTIVE', version = version + 1, updated_at = $1
         FROM due WHERE c.id = due.id RETURNING c.id, c.settlement_number),
       noted AS (
         INSERT INTO campaign_status_changes (id, campaign_id, from_status, to_status, reason, settlement_number, created_at)
         SELECT gen_random_uuid(), id, 'SCHEDULED', 'ACTIVE', 'its start has come', settlement_number, $1 FROM started)
       SELECT id FROM started`,
      [now, LIMIT],
    );
    const ids = rows.map((row) => row.id);
    await recordLaunches(tx, ids, now);
    await appendEvents(tx, await campaignEvents(tx, ids, now));
    return ids;
  });
}
