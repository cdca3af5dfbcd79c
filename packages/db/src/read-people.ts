import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import type { Queryable } from '#src/connect.ts';

export interface BalanceRow {
  kind: 'pending' | 'available' | 'reserved' | 'paid';
  campaignId: string | null;
  campaignTitle: string | null;
  campaignStatus: CampaignStatus | null;
  campaignDeadline: string | null;
  balance: string;
  version: number;
}

/** A clipper's ledger accounts. What has been released is empty and left out, unless it is one of the three lasting ones. */
export async function readBalances(client: Queryable, userId: string): Promise<BalanceRow[]> {
  const { rows } = await client.query<{
    kind: BalanceRow['kind'];
    campaign_id: string | null;
    title: string | null;
    status: CampaignStatus | null;
    deadline: Date | null;
    balance: string;
    version: string;
  }>(
    `SELECT a.kind, a.campaign_id, c.title, c.status, c.deadline, a.balance, a.version
     FROM ledger_accounts a LEFT JOIN campaigns c ON c.id = a.campaign_id
     WHERE a.user_id = $1 AND a.currency = 'USD'
       AND (a.kind <> 'pending' OR a.balance > 0 OR c.status NOT IN ('COMPLETED', 'CANCELLED'))
     ORDER BY a.kind, c.created_at DESC, a.campaign_id`,
    [userId],
  );
  return rows.map((row) => ({
    kind: row.kind,
    campaignId: row.campaign_id,
    campaignTitle: row.title,
    campaignStatus: row.status,
    campaignDeadline: row.deadline?.toISOString() ?? null,
    balance: row.balance,
    version: Number(row.version),
  }));
}

/** What payouts cost a clipper in fees so far. */
export async function readFees(client: Queryable, userId: string): Promise<string> {
  const { rows } = await client.query<{ fees: string }>(
    `SELECT coalesce(sum(e.amount), 0)::numeric(20,6) AS fees
     FROM ledger_accounts a JOIN ledger_entries e ON e.from_account = a.id
     WHERE a.user_id = $1 AND a.kind = 'reserved' AND e.movement = 'fee'`,
    [userId],
  );
  return rows[0]?.fees ?? '0.000000';
}

export async function countUnreadNotifications(client: Queryable, userId: string): Promise<number> {
  const { rows } = await client.query<{ unread: string }>(
    'SELECT count(*) AS unread FROM notifications WHERE user_id = $1 AND read_at IS NULL',
    [userId],
  );
  return Number(rows[0]?.unread ?? 0);
}

/** Whether views here are simulated or real; null before anything was read. */
export async function readViewsSource(client: Queryable): Promise<'simulated' | 'real' | null> {
  const { rows } = await client.query<{ views_source: 'simulated' | 'real' | null }>(
    'SELECT views_source FROM installation',
  );
  return rows[0]?.views_source ?? null;
}

export async function hasAdmin(client: Queryable): Promise<boolean> {
  const { rowCount } = await client.query("SELECT 1 FROM users WHERE role = 'ADMIN' LIMIT 1");
  return rowCount === 1;
}

/** Where somebody's mails go, and whether the address was proved to be theirs. */
export async function readMailAddress(
  client: Queryable,
  userId: string,
): Promise<{ email: string; emailVerified: boolean }> {
  const { rows } = await client.query<{ email: string; email_verified: boolean }>(
    'SELECT email, email_verified FROM users WHERE id = $1',
    [userId],
  );
  return { email: rows[0]?.email ?? '', emailVerified: rows[0]?.email_verified ?? false };
}
