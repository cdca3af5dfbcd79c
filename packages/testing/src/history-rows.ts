import type { Queryable } from '@clipmeter/db/connect';

/** In which order things happened in a campaign: what the test that made them happen cannot know. */
export interface CampaignHistory {
  readonly isFinal: boolean;
  readonly isReleased: boolean;
  readonly settlements: readonly SettlementRow[];
  /** `after`: the number of the campaign's latest settlement then. */
  readonly fundings: readonly { amount: bigint; after: bigint }[];
  readonly changes: readonly { from: string | null; to: string; after: bigint }[];
  /** After which settlement a submission's earnings were taken back. */
  readonly reversals: ReadonlyMap<string, bigint>;
  /** Those that were approved. */
  readonly submissions: ReadonlyMap<string, SubmissionHistory>;
  /** By settlement, then by clip. */
  readonly reads: ReadonlyMap<string, ReadonlyMap<string, { runId: string; views: bigint }>>;
}

export interface SettlementRow {
  readonly id: string;
  readonly kind: string;
  readonly number: bigint;
  readonly roundId: string | null;
  /** Its last clip in the order clipper, submission, where a closing round was settled in parts; null: it settled all. */
  readonly through: string | null;
}

export interface SubmissionHistory {
  readonly approvedAfter: bigint;
  /** The last settlement before it was revoked; null while it runs. */
  readonly endedAfter: bigint | null;
  readonly initialViews: bigint;
}

/** "12.34" dollars in micros, by nobody's code but this. */
export const microsOf = (numeric: string): bigint => {
  const [whole = '0', part = ''] = numeric.replace('-', '').split('.');
  const size = BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
  return numeric.startsWith('-') ? -size : size;
};

export async function readCampaignHistory(client: Queryable, campaignId: string): Promise<CampaignHistory> {
  const query = async <Row extends object>(sql: string) => (await client.query<Row>(sql, [campaignId])).rows;
  const [campaign] = await query<{ final: boolean; released: boolean }>(
    'SELECT completed_at IS NOT NULL AS final, released_at IS NOT NULL AS released FROM campaigns WHERE id = $1',
  );
  const settlements = await query<{
    id: string;
    kind: string;
    number: string;
    round: string | null;
    through: string | null;
  }>(
    `SELECT id, kind, number, round_id AS round, through_user_id || ' ' || through_submission_id AS through
     FROM settlements WHERE campaign_id = $1 ORDER BY number`,
  );
  const fundings = await query<{ amount: string; after: string }>(
    'SELECT amount, settlement_number AS after FROM campaign_fundings WHERE campaign_id = $1',
  );
  const changes = await query<{ from: string | null; to: string; after: string }>(
    'SELECT from_status AS from, to_status AS to, settlement_number AS after FROM campaign_status_changes WHERE campaign_id = $1',
  );
  const reversals = await query<{ id: string; after: string }>(
    `SELECT r.submission_id AS id, r.settlement_number AS after
     FROM earnings_reversals r JOIN clip_submissions s ON s.id = r.submission_id WHERE s.campaign_id = $1`,
  );
  const submissions = await query<{ id: string; after: string; ended: string | null; views: string }>(
    `SELECT s.id, t.settlement_number AS after, t.initial_views AS views, x.settlement_number AS ended
     FROM clip_submissions s JOIN submission_terms t ON t.submission_id = s.id
     LEFT JOIN submission_status_changes x ON x.submission_id = s.id AND x.to_status = 'REVOKED'
     WHERE s.campaign_id = $1`,
  );
  const snapshots = await query<{ settlement: string; clip: string; run: string; views: string }>(
    `SELECT v.settlement_id AS settlement, v.clip_id AS clip, v.run_id AS run, v.views
     FROM view_tracking v JOIN settlements s ON s.id = v.settlement_id WHERE s.campaign_id = $1`,
  );
  const reads = new Map<string, Map<string, { runId: string; views: bigint }>>();
  for (const { settlement, clip, run, views } of snapshots) {
    const bySettlement = reads.get(settlement) ?? new Map<string, { runId: string; views: bigint }>();
    reads.set(settlement, bySettlement.set(clip, { runId: run, views: BigInt(views) }));
  }
  return {
    isFinal: campaign?.final === true,
    isReleased: campaign?.released === true,
    settlements: settlements.map((row) => ({
      id: row.id,
      kind: row.kind,
      number: BigInt(row.number),
      roundId: row.round,
      through: row.through,
    })),
    fundings: fundings.map((row) => ({ amount: microsOf(row.amount), after: BigInt(row.after) })),
    changes: changes.map((row) => ({ ...row, after: BigInt(row.after) })),
    reversals: new Map(reversals.map((row) => [row.id, BigInt(row.after)])),
    submissions: new Map(
      submissions.map((row) => [
        row.id,
        {
          approvedAfter: BigInt(row.after),
          endedAfter: row.ended === null ? null : BigInt(row.ended),
          initialViews: BigInt(row.views),
        },
      ]),
    ),
    reads,
  };
}
