import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';

export interface PlatformStateRow {
  platform: Platform;
  status: 'OK' | 'DELAYED' | 'STOPPED';
  since: string;
  reason: string | null;
  version: number;
}

/** How the platforms are doing, as the tracker sees it. */
export async function readPlatformStates(
  client: Queryable,
  platforms: readonly Platform[] | null = null,
): Promise<PlatformStateRow[]> {
  const { rows } = await client.query<{
    platform: Platform;
    status: 'OK' | 'DELAYED' | 'STOPPED';
    since: Date;
    reason: string | null;
    version: string;
  }>(
    `SELECT platform, status, since, reason, version FROM platform_states
     WHERE $1::text[] IS NULL OR platform = ANY ($1) ORDER BY platform`,
    [platforms],
  );
  return rows.map((row) => ({ ...row, since: row.since.toISOString(), version: Number(row.version) }));
}
