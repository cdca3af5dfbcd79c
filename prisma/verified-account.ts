import type { Platform } from '@clipmeter/core/platform';
import type { Pool } from '@clipmeter/db/connect';
import { newId } from '@clipmeter/db/new-id';

/** An account that somebody has proved to be theirs, as if its code had been read in its profile. */
export async function ensureVerifiedAccount(
  pool: Pool,
  account: { userId: string; platform: Platform; handle: string; externalId: string; at: Date },
): Promise<void> {
  await pool.query(
    `INSERT INTO social_accounts (id, user_id, platform, handle, external_id, verified_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING`,
    [newId(), account.userId, account.platform, account.handle, account.externalId, account.at],
  );
}
