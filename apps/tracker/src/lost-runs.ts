import { type Platform, platformName } from '@clipmeter/core/platform';
import type { Pool } from '@clipmeter/db/connect';
import { releaseRun } from '@clipmeter/db/scrape-run';
import { withTransaction } from '@clipmeter/db/transaction';
import { raiseAlert } from '#src/alert.ts';

const LIMIT = 20;

/**
 * Ends runs that are open so long that no job can be working on them any more (it failed again and again, or its row is
 * gone): open runs count against what a platform may have at once. Their clips became due when their leases ended.
 */
export async function giveUpLostRuns(pool: Pool, platform: Platform, now: Date, openMaxMs: number): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM scrape_runs WHERE status IN ('RECORDED', 'STARTED') AND platform = $1 AND created_at < $2
     ORDER BY created_at LIMIT $3`,
    [platform, new Date(now.getTime() - openMaxMs), LIMIT],
  );
  if (rows.length === 0) return;
  // Each by itself: two sets of locks in one transaction would have no order.
  for (const { id } of rows)
    await withTransaction(pool, (tx) => releaseRun(tx, { runId: id, retryAt: now, error: 'nobody finished it', now }));
  await withTransaction(pool, async (tx) => {
    const message = `${rows.length} runs of ${platformName(platform)} were never finished and were given up.`;
    await raiseAlert(tx, { kind: 'run_given_up', cause: platform, message, now });
  });
}
