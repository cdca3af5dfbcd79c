import type { CampaignSort } from '@clipmeter/core/campaign-sort';
import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';
import { numericFromMicros } from '#src/micros-column.ts';
import { type CampaignColumns, type CampaignRow, campaignRowOf, campaignSelect } from '#src/read-campaigns.ts';

/** A row's place in an order: what it is sorted by, and its id. */
export interface SortedPlace {
  readonly key: string;
  readonly id: string;
}

export interface CampaignBrowse {
  readonly statuses: readonly CampaignStatus[];
  /** What admins have hidden, and nothing else. */
  readonly archived: boolean;
  readonly platform: Platform | null;
  /** For 1,000 views, on the platform if one is given, else on the one that pays best. */
  readonly leastRateMicros: Micros | null;
  /** Words of the title or the brand, or their beginnings. */
  readonly search: string | null;
  readonly sort: CampaignSort;
  /** Those after this place. */
  readonly after: SortedPlace | null;
  readonly limit: number;
}

/** On the platform that is asked for ($3), else on the one that pays best. */
const RATE = `(SELECT max(coalesce(r.payout_rate, c.payout_rate))
  FROM unnest(CASE WHEN $3::text IS NULL THEN c.platforms ELSE ARRAY[$3::text] END) AS paid(platform)
  LEFT JOIN campaign_rates r ON r.campaign_id = c.id AND r.platform = paid.platform)`;

interface Order {
  readonly key: string;
  readonly type: 'timestamptz' | 'numeric';
  readonly direction: 'ASC' | 'DESC';
}

/** The first two have an index a status; the others are sorted when they are asked for. */
const ORDERS: Record<CampaignSort, Order> = {
  newest: { key: 'c.created_at', type: 'timestamptz', direction: 'DESC' },
  ending: { key: `coalesce(c.deadline, 'infinity'::timestamptz)`, type: 'timestamptz', direction: 'ASC' },
  rate: { key: RATE, type: 'numeric', direction: 'DESC' },
  left: { key: '(c.budget - c.spent)', type: 'numeric', direction: 'DESC' },
};

/** What a place is written as: a time as ISO says it, or "infinity". */
const TEXTS: Record<Order['type'], string> = {
  timestamptz: `CASE WHEN isfinite(page.key) THEN to_char(page.key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') ELSE 'infinity' END`,
  numeric: 'page.key::text',
};

/** A page of campaigns in an order, each with its place. */
export async function browseCampaigns(
  client: Queryable,
  browse: CampaignBrowse,
): Promise<{ row: CampaignRow; place: SortedPlace }[]> {
  const { key, type, direction } = ORDERS[browse.sort];
  const text = TEXTS[type];
  // Each status comes in the order of its index, a page of it at most; then these few are merged.
  const { rows } = await client.query<CampaignColumns & { place_key: string }>(
    `WITH page AS (
       SELECT found.id, found.key FROM unnest($1::text[]) AS wanted(status) CROSS JOIN LATERAL (
         SELECT c.id, ${key} AS key FROM campaigns c
         WHERE c.status = wanted.status AND c.archived_at IS ${browse.archived ? 'NOT NULL' : 'NULL'}
           AND ($3::text IS NULL OR $3 = ANY (c.platforms))
           AND ($4::text IS NULL OR search_words(c.title || ' ' || c.brand) @@ search_query($4))
           AND ($5::numeric IS NULL OR ${RATE} >= $5)
           AND ($6::${type} IS NULL OR (${key}, c.id) ${direction === 'ASC' ? '>' : '<'} ($6, $7::uuid))
         ORDER BY key ${direction}, c.id ${direction} LIMIT $2) AS found
       ORDER BY found.key ${direction}, found.id ${direction} LIMIT $2)
     ${campaignSelect(`, ${text} AS place_key`)} JOIN page ON page.id = c.id
     ORDER BY page.key ${direction}, page.id ${direction}`,
    [
      browse.statuses,
      browse.limit,
      browse.platform,
      browse.search,
      browse.leastRateMicros === null ? null : numericFromMicros(browse.leastRateMicros),
      browse.after?.key ?? null,
      browse.after?.id ?? null,
    ],
  );
  return rows.map((row) => ({ row: campaignRowOf(row), place: { key: row.place_key, id: row.id } }));
}
