import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import { type Micros, minMicros, subtractMicros, ZERO_MICROS } from '@clipmeter/core/money';
import type { Metric } from '@clipmeter/core/platform';
import type { SubmissionStatus } from '@clipmeter/core/submission-state';
import type { Queryable } from '#src/connect.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import { readEarnedUnder } from '#src/reverse-earnings.ts';

/** What an admin may want to change of a submission after it was decided. */
export interface ReviewedSubmission {
  readonly status: SubmissionStatus;
  readonly campaignStatus: CampaignStatus;
  /** Its campaign's last reads are gathered or settled, or what was earned is being released: money waits. */
  readonly isBusy: boolean;
  /** The terms that were frozen at its approval. */
  readonly terms: { readonly metric: Metric; readonly initialViews: bigint; readonly rateMicros: Micros } | null;
  readonly earnedMicros: Micros;
  readonly reversedMicros: Micros;
  /** What could be taken back now, and where it would go. */
  readonly reversibleMicros: Micros;
  readonly reversalTo: 'budget' | 'outside';
}

export async function readReviewedSubmission(
  client: Queryable,
  submissionId: string,
): Promise<ReviewedSubmission | null> {
  const { rows } = await client.query<{
    status: SubmissionStatus;
    campaign_status: CampaignStatus;
    busy: boolean;
    over: boolean;
    metric: Metric | null;
    initial_views: string | null;
    payout_rate: string | null;
    balance: string | null;
  }>(
    `SELECT s.status, c.status AS campaign_status, c.completed_at IS NOT NULL AS over,
       c.closing_round_id IS NOT NULL OR (c.completed_at IS NOT NULL AND c.released_at IS NULL) AS busy,
       s.metric, s.initial_views, s.payout_rate, a.balance
     FROM clip_submissions s JOIN campaigns c ON c.id = s.campaign_id
       LEFT JOIN ledger_accounts a ON a.user_id = s.user_id AND a.currency = 'USD'
         AND CASE WHEN c.completed_at IS NULL THEN a.kind = 'pending' AND a.campaign_id = c.id ELSE a.kind = 'available' END
     WHERE s.id = $1`,
    [submissionId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { earnedMicros, reversedMicros } = await readEarnedUnder(client, submissionId);
  const balanceMicros = row.balance === null ? ZERO_MICROS : microsFromNumeric(row.balance);
  const { metric, initial_views: initialViews, payout_rate: rate } = row;
  return {
    status: row.status,
    campaignStatus: row.campaign_status,
    isBusy: row.busy,
    terms:
      metric === null || initialViews === null || rate === null
        ? null
        : { metric, initialViews: BigInt(initialViews), rateMicros: microsFromNumeric(rate) },
    earnedMicros,
    reversedMicros,
    reversibleMicros: minMicros(subtractMicros(earnedMicros, reversedMicros), balanceMicros),
    reversalTo: row.over ? 'outside' : 'budget',
  };
}
