import { formatUsd } from '@clipmeter/core/money';
import { type Platform, platformName } from '@clipmeter/core/platform';
import type { Pool } from 'pg';
import { arrayLiteral } from '#src/array-literal.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import { notifyUsers } from '#src/notify-users.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';

/** Notes, with the start of campaigns, that clippers have to be told of it. A campaign starts once. */
export async function recordLaunches(tx: Tx, campaignIds: readonly string[], at: Date): Promise<void> {
  if (campaignIds.length === 0) return;
  await tx.query(
    `INSERT INTO campaign_launches (campaign_id, launched_at) SELECT id, $2 FROM unnest($1::uuid[]) AS id
     ON CONFLICT (campaign_id) DO NOTHING`,
    [arrayLiteral(campaignIds), at],
  );
}

/** Campaigns of whose start not everybody was told. */
export async function untoldLaunches(client: Pool, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ campaign_id: string }>(
    'SELECT campaign_id FROM campaign_launches WHERE told_at IS NULL ORDER BY launched_at LIMIT $1',
    [limit],
  );
  return rows.map((row) => row.campaign_id);
}

/**
 * Tells the next so many clippers of a campaign's start: those who have a proved account on one of its platforms. It goes
 * on where the last part ended; a campaign that is over by then is told to nobody else.
 *
 * @returns how many were told; null: everybody has been, or somebody else is at it
 */
export function tellOfLaunch(
  pool: Pool,
  { campaignId, now, limit }: { campaignId: string; now: Date; limit: number },
): Promise<number | null> {
  return withTransaction(pool, async (tx) => {
    const launch = await lockLaunch(tx, campaignId);
    if (launch === null) return null;
    const userIds = launch.isOpen ? await nextClippers(tx, launch, limit) : [];
    const notice = {
      kind: 'campaign.started' as const,
      cause: campaignId,
      title: `${launch.title} has started`,
      body: `${launch.brand} pays ${formatUsd(microsFromNumeric(launch.payoutRate))} per 1,000 views on ${launch.platforms.map(platformName).join(', ')}.`,
      link: `/campaigns/${campaignId}`,
    };
    // Dated by the start: told late, it is not taken for news, and not mailed after days.
    await notifyUsers(
      tx,
      userIds.map((userId) => ({ ...notice, userId })),
      launch.launchedAt,
    );
    const isLast = userIds.length < limit;
    await tx.query(
      'UPDATE campaign_launches SET told_through = coalesce($2, told_through), told_at = $3 WHERE campaign_id = $1',
      [campaignId, userIds.at(-1) ?? null, isLast ? now : null],
    );
    return isLast && userIds.length === 0 ? null : userIds.length;
  });
}

interface Launch {
  readonly title: string;
  readonly brand: string;
  readonly payoutRate: string;
  readonly platforms: Platform[];
  readonly isOpen: boolean;
  readonly launchedAt: Date;
  readonly toldThrough: string | null;
}

async function lockLaunch(tx: Tx, campaignId: string): Promise<Launch | null> {
  const { rows } = await tx.query<{
    title: string;
    brand: string;
    payout_rate: string;
    platforms: Platform[];
    status: string;
    launched_at: Date;
    told_through: string | null;
  }>(
    `SELECT c.title, c.brand, c.payout_rate, c.platforms, c.status, l.launched_at, l.told_through
     FROM campaign_launches l JOIN campaigns c ON c.id = l.campaign_id
     WHERE l.campaign_id = $1 AND l.told_at IS NULL FOR NO KEY UPDATE OF l SKIP LOCKED`,
    [campaignId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    title: row.title,
    brand: row.brand,
    payoutRate: row.payout_rate,
    platforms: row.platforms,
    isOpen: row.status === 'ACTIVE' || row.status === 'PAUSED',
    launchedAt: row.launched_at,
    toldThrough: row.told_through,
  };
}

async function nextClippers(tx: Tx, { platforms, toldThrough }: Launch, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT u.id FROM users u
     WHERE u.role = 'CLIPPER' AND u.suspended_at IS NULL AND ($1::uuid IS NULL OR u.id > $1)
       AND EXISTS (SELECT FROM social_accounts sa WHERE sa.user_id = u.id AND sa.platform = ANY ($2)
         AND sa.verified_at IS NOT NULL AND sa.removed_at IS NULL)
     ORDER BY u.id LIMIT $3`,
    [toldThrough, platforms, limit],
  );
  return rows.map((row) => row.id);
}
