import type { AgeBand, EngagementPeers } from '@clipmeter/core/engagement';
import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';

/** The newest of a platform's clips of like age: a percentile is as good from so many as from all. */
const SAMPLE_MAX = 1_000;

export interface PeersWanted {
  readonly platform: Platform;
  readonly band: AgeBand;
}

const keyOf = ({ platform, band }: PeersWanted) => `${platform} ${band.fromMs}`;

/** How the clips of a platform and of like age are received: the figures that an engagement is compared with. */
export async function readEngagementPeers(
  client: Queryable,
  wanted: readonly PeersWanted[],
  now: Date,
): Promise<(of: PeersWanted) => EngagementPeers> {
  const unique = [...new Map(wanted.map((one) => [keyOf(one), one])).values()];
  const { rows } = await client.query<{ place: string; count: string; low: number | null; high: number | null }>(
    `SELECT w.place, s.count, s.ends[1] AS low, s.ends[2] AS high
     FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) WITH ORDINALITY AS w (platform, oldest, newest, place), LATERAL (
       SELECT count(*) AS count, percentile_cont(ARRAY[0.01, 0.99]) WITHIN GROUP (ORDER BY rate) AS ends FROM (
         SELECT (COALESCE(c.likes, 0) + COALESCE(c.comments, 0) + COALESCE(c.shares, 0))::float8 / c.views AS rate FROM clips c
         WHERE c.platform = w.platform AND c.published_at > w.oldest AND c.published_at <= w.newest
           AND c.views > 0 AND num_nonnulls(c.likes, c.comments, c.shares) > 0
         ORDER BY c.published_at DESC LIMIT ${SAMPLE_MAX}) AS peers) s`,
    [
      unique.map(({ platform }) => platform),
      unique.map(({ band }) => (band.toMs === null ? '-infinity' : new Date(now.getTime() - band.toMs))),
      // What its platform dates in the future is new.
      unique.map(({ band }) => (band.fromMs === 0 ? 'infinity' : new Date(now.getTime() - band.fromMs))),
    ],
  );
  const found = new Map(
    rows.map((row) => {
      const one = unique[Number(row.place) - 1];
      return [one === undefined ? '' : keyOf(one), { count: Number(row.count), low: row.low, high: row.high }];
    }),
  );
  return (of) => found.get(keyOf(of)) ?? { count: 0, low: null, high: null };
}
