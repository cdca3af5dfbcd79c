import { micros } from '@clipmeter/core/money';
import { PLATFORMS, type Platform } from '@clipmeter/core/platform';
import { DEFAULT_SETTLE_LIMITS } from '@clipmeter/core/settlement';
import { leaseClips } from '@clipmeter/db/claim-due';
import type { Pool } from '@clipmeter/db/connect';
import { newId } from '@clipmeter/db/new-id';
import type { SettlementConfig } from '@clipmeter/db/plan-batch';
import type { ReadOutcome } from '@clipmeter/db/read-result';
import { releaseCampaign, unreleasedCampaigns } from '@clipmeter/db/release-campaign';
import { recordRun } from '@clipmeter/db/scrape-run';
import { settleBatch } from '@clipmeter/db/settle-batch';
import { withTransaction } from '@clipmeter/db/transaction';

/** As the tracker settles in the demo: reads are soon, so little is expected until the next. */
export const DEMO_SETTLEMENT: SettlementConfig = {
  limits: DEFAULT_SETTLE_LIMITS,
  interval: { minIntervalMs: 5_000, maxIntervalMs: 20_000, readCostUsd: 0.0037 },
  goneAfterMs: 2 * 3_600_000,
};

/** Reads every clip that anything wants read, a run a platform, and settles as the tracker would; what has ended is released. */
export async function readEverything(
  pool: Pool,
  now: () => Date,
  outcomeOf: (platform: Platform, videoId: string) => ReadOutcome,
): Promise<void> {
  for (const platform of PLATFORMS) await readPlatform(pool, platform, now(), outcomeOf);
  for (const campaignId of await unreleasedCampaigns(pool)) {
    for await (const _ of releaseCampaign(pool, { campaignId, now }));
  }
}

async function readPlatform(
  pool: Pool,
  platform: Platform,
  at: Date,
  outcomeOf: (platform: Platform, videoId: string) => ReadOutcome,
): Promise<void> {
  const { rows: clips } = await pool.query<{ clip_id: string; external_id: string }>(
    `SELECT s.clip_id, c.external_id FROM clip_schedules s JOIN clips c ON c.id = s.clip_id
     WHERE s.platform = $1 AND isfinite(s.next_due_at) ORDER BY s.clip_id`,
    [platform],
  );
  if (clips.length === 0) return;
  const runId = newId();
  const clipIds = clips.map((clip) => clip.clip_id);
  await withTransaction(pool, async (tx) => {
    await recordRun(tx, { runId, platform, source: 'demo', clipIds, now: at });
    await tx.query('SELECT FROM clip_schedules WHERE clip_id = ANY ($1::uuid[]) ORDER BY clip_id FOR NO KEY UPDATE', [
      clipIds,
    ]);
    await leaseClips(tx, { runId, clipIds, until: at });
  });
  await settleBatch(
    pool,
    {
      runId,
      platform,
      endedAt: at,
      now: at,
      results: clips.map((clip) => ({ clipId: clip.clip_id, outcome: outcomeOf(platform, clip.external_id) })),
      // It cost nobody anything, and is in no day's spending.
      costMicros: micros(0n),
      costIsFinal: true,
      durationMs: 900,
    },
    DEMO_SETTLEMENT,
  );
}
