import { PLATFORMS, type Platform } from '@clipmeter/core/platform';
import type { Queryable } from '@clipmeter/db/connect';
import { newId } from '@clipmeter/db/new-id';

/** The id of somebody's account on a platform, unless a test gives another. */
export const accountIdOf = (userId: string, platform: Platform) => `${platform.toLowerCase()}-${userId}`;

/** Gives somebody a proved account on each platform, so that they may submit videos from there. */
export async function verifyAccounts(
  client: Queryable,
  userId: string,
  platforms: readonly Platform[] = PLATFORMS,
): Promise<void> {
  for (const platform of platforms)
    await client.query(
      `INSERT INTO social_accounts (id, user_id, platform, handle, external_id, verified_at) VALUES ($1, $2, $3, $4, $5, now())`,
      [newId(), userId, platform, `clipper.${userId.slice(-4)}`, accountIdOf(userId, platform)],
    );
}
