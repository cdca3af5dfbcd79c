import type { ClaimedAccount } from '@clipmeter/core/author-match';
import type { CampaignStatus, CompletionReason } from '@clipmeter/core/campaign-state';
import type { FrozenTerms } from '@clipmeter/core/earnings';
import type { CampaignId, ClipId, SubmissionId, UserId } from '@clipmeter/core/id';
import type { Micros } from '@clipmeter/core/money';
import type { Metric, Platform } from '@clipmeter/core/platform';
import { arrayLiteral } from '#src/array-literal.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import { prepared } from '#src/prepared.ts';
import type { Tx } from '#src/transaction.ts';

/** A clip as it is under its lock. */
export interface LockedClip {
  readonly id: ClipId;
  readonly platform: Platform;
  readonly externalId: string;
  readonly title: string | null;
  readonly views: bigint;
  readonly metric: Metric | null;
  readonly earningsMicros: Micros;
  readonly lastReadAt: Date | null;
  readonly version: bigint;
}

/** A campaign as it is under its lock. */
export interface LockedCampaign {
  readonly id: CampaignId;
  readonly title: string;
  readonly status: CampaignStatus;
  readonly budgetMicros: Micros;
  readonly spentMicros: Micros;
  readonly expectedMicros: Micros;
  readonly rateMicros: Micros;
  readonly capMicros: Micros | null;
  readonly minViews: bigint;
  readonly closingRoundId: string | null;
  readonly completedAt: Date | null;
  readonly completionReason: CompletionReason | null;
  readonly settlementNumber: bigint;
  readonly version: bigint;
}

/** A clip's schedule under its lock. */
export interface LockedSchedule {
  readonly clipId: string;
  /** The run that holds its lease. */
  readonly runId: string | null;
  /** Not due until something wakes it (a pause's end, a closing round). */
  readonly isParked: boolean;
  readonly urgent: boolean;
  readonly velocityPerHour: number;
  readonly expectedMicros: Micros;
  readonly failures: number;
  readonly notFoundAt: Date | null;
}

/** A live submission (pending or approved) under its lock. */
export interface LockedSubmission {
  readonly id: SubmissionId;
  readonly campaignId: CampaignId;
  readonly clipId: ClipId;
  readonly userId: UserId;
  readonly status: 'PENDING' | 'APPROVED';
  /** None: its video was not read for it yet. */
  readonly firstReadAt: Date | null;
  /** Why its first read takes longer, in words. */
  readonly firstReadBlocked: string | null;
  readonly approvalRequestedAt: Date | null;
  readonly approvalRequestedBy: string | null;
  /** Why an approval that was asked for still waits, in words. */
  readonly approvalBlocked: string | null;
  /** Present once approved. */
  readonly terms: FrozenTerms | null;
  readonly earningsBaseMicros: Micros;
  readonly doubtfulViews: bigint | null;
  /** It earns nothing until an admin has looked at it. */
  readonly isHeld: boolean;
  /** Whom its video must be by, one of them; null where that was not asked when it was submitted. */
  readonly accounts: readonly ClaimedAccount[] | null;
}

/** Everything a settlement decides from, by id. */
export interface LockedBatch {
  readonly clips: ReadonlyMap<string, LockedClip>;
  readonly campaigns: ReadonlyMap<string, LockedCampaign>;
  readonly schedules: ReadonlyMap<string, LockedSchedule>;
  /** By clip: a clip has at most one live submission. */
  readonly submissions: ReadonlyMap<string, LockedSubmission>;
}

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
const optionalMicros = (value: string | null) => (value === null ? null : microsFromNumeric(value));
const optionalBigint = (value: string | null) => (value === null ? null : BigInt(value));

/** Locks clips in id order: the first locks of the system's lock order. */
export async function lockClips(tx: Tx, clipIds: readonly string[]): Promise<ReadonlyMap<string, LockedClip>> {
  const { rows } = await tx.query<{
    id: ClipId;
    platform: Platform;
    external_id: string;
    title: string | null;
    views: string;
    metric: Metric | null;
    earnings: string;
    last_read_at: Date | null;
    version: string;
  }>(
    prepared(`SELECT id, platform, external_id, title, views, metric, earnings, last_read_at, version FROM clips
     WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`),
    [arrayLiteral(clipIds)],
  );
  return byId(
    rows.map((row) => ({
      id: row.id,
      platform: row.platform,
      externalId: row.external_id,
      title: row.title,
      views: BigInt(row.views),
      metric: row.metric,
      earningsMicros: microsFromNumeric(row.earnings),
      lastReadAt: row.last_read_at,
      version: BigInt(row.version),
    })),
  );
}

interface CampaignRow {
  id: CampaignId;
  title: string;
  status: CampaignStatus;
  budget: string;
  spent: string;
  expected: string;
  payout_rate: string;
  cap_per_clip: string | null;
  min_views: string;
  closing_round_id: string | null;
  completed_at: Date | null;
  completion_reason: CompletionReason | null;
  settlement_number: string;
  version: string;
}

const CAMPAIGNS = `SELECT id, title, status, budget, spent, expected, payout_rate, cap_per_clip, min_views, closing_round_id,
  completed_at, completion_reason, settlement_number, version FROM campaigns`;

const campaignOf = (row: CampaignRow): LockedCampaign => ({
  id: row.id,
  title: row.title,
  status: row.status,
  budgetMicros: microsFromNumeric(row.budget),
  spentMicros: microsFromNumeric(row.spent),
  expectedMicros: microsFromNumeric(row.expected),
  rateMicros: microsFromNumeric(row.payout_rate),
  capMicros: optionalMicros(row.cap_per_clip),
  minViews: BigInt(row.min_views),
  closingRoundId: row.closing_round_id,
  completedAt: row.completed_at,
  completionReason: row.completion_reason,
  settlementNumber: BigInt(row.settlement_number),
  version: BigInt(row.version),
});

/** Locks campaigns in id order; clips, if any are needed, were locked before. */
export async function lockCampaigns(
  tx: Tx,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, LockedCampaign>> {
  const { rows } = await tx.query<CampaignRow>(
    prepared(`${CAMPAIGNS} WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`),
    [arrayLiteral(campaignIds)],
  );
  return byId(rows.map(campaignOf));
}

/**
 * Locks the campaigns that locked clips may earn from, in id order. Which ones cannot change meanwhile: a submission
 * changes only under its clip's lock.
 */
async function lockCampaignsOf(tx: Tx, clipIds: readonly string[]): Promise<ReadonlyMap<string, LockedCampaign>> {
  const { rows } = await tx.query<CampaignRow>(
    prepared(`${CAMPAIGNS} WHERE id = ANY (ARRAY(
       SELECT DISTINCT campaign_id FROM clip_submissions WHERE clip_id = ANY ($1::uuid[]) AND status IN ('PENDING', 'APPROVED')))
     ORDER BY id FOR NO KEY UPDATE`),
    [arrayLiteral(clipIds)],
  );
  return byId(rows.map(campaignOf));
}

async function lockSchedules(tx: Tx, clipIds: readonly string[]): Promise<ReadonlyMap<string, LockedSchedule>> {
  const { rows } = await tx.query<{
    clip_id: string;
    run_id: string | null;
    parked: boolean;
    urgent: boolean;
    velocity: number;
    expected: string;
    failures: number;
    not_found_at: Date | null;
  }>(
    prepared(`SELECT clip_id, run_id, next_due_at = 'infinity' AS parked, urgent, velocity, expected, failures, not_found_at
     FROM clip_schedules WHERE clip_id = ANY ($1::uuid[]) ORDER BY clip_id FOR NO KEY UPDATE`),
    [arrayLiteral(clipIds)],
  );
  return new Map(
    rows.map((row) => [
      row.clip_id,
      {
        clipId: row.clip_id,
        runId: row.run_id,
        isParked: row.parked,
        urgent: row.urgent,
        velocityPerHour: row.velocity,
        expectedMicros: microsFromNumeric(row.expected),
        failures: row.failures,
        notFoundAt: row.not_found_at,
      },
    ]),
  );
}

async function lockSubmissions(tx: Tx, clipIds: readonly string[]): Promise<ReadonlyMap<string, LockedSubmission>> {
  const { rows } = await tx.query<{
    id: SubmissionId;
    campaign_id: CampaignId;
    clip_id: ClipId;
    user_id: UserId;
    status: 'PENDING' | 'APPROVED';
    first_read_at: Date | null;
    first_read_blocked: string | null;
    approval_requested_at: Date | null;
    approval_requested_by: string | null;
    approval_blocked: string | null;
    metric: Metric | null;
    initial_views: string | null;
    payout_rate: string | null;
    cap: string | null;
    min_views: string | null;
    carried: string;
    earnings_base: string;
    doubtful_views: string | null;
    held: boolean;
    social_account_id: string | null;
    account_external_id: string | null;
    own_external_ids: string[] | null;
    accepted_author_id: string | null;
  }>(
    prepared(`SELECT id, campaign_id, clip_id, user_id, status, first_read_at, first_read_blocked, approval_requested_at,
       approval_requested_by, approval_blocked,
       held_at IS NOT NULL AS held, social_account_id, accepted_author_id,
       (SELECT a.external_id FROM social_accounts a WHERE a.id = social_account_id) AS account_external_id,
       CASE WHEN social_account_id IS NOT NULL THEN (SELECT array_agg(a.external_id) FROM social_accounts a
         WHERE a.user_id = clip_submissions.user_id AND a.verified_at IS NOT NULL AND a.removed_at IS NULL) END AS own_external_ids,
       metric, initial_views, payout_rate, cap, min_views, carried, earnings_base, doubtful_views
     FROM clip_submissions WHERE clip_id = ANY ($1::uuid[]) AND status IN ('PENDING', 'APPROVED')
     ORDER BY id FOR NO KEY UPDATE`),
    [arrayLiteral(clipIds)],
  );
  return new Map(
    rows.map((row) => [
      row.clip_id,
      {
        id: row.id,
        campaignId: row.campaign_id,
        clipId: row.clip_id,
        userId: row.user_id,
        status: row.status,
        firstReadAt: row.first_read_at,
        firstReadBlocked: row.first_read_blocked,
        approvalRequestedAt: row.approval_requested_at,
        approvalRequestedBy: row.approval_requested_by,
        approvalBlocked: row.approval_blocked,
        terms: termsOf(row),
        earningsBaseMicros: microsFromNumeric(row.earnings_base),
        doubtfulViews: optionalBigint(row.doubtful_views),
        isHeld: row.held,
        accounts: row.social_account_id === null ? null : accountsOf(row),
      },
    ]),
  );
}

/** The account it was submitted for, and the clipper's others: a video that is theirs is theirs. */
const accountsOf = (row: {
  account_external_id: string | null;
  own_external_ids: string[] | null;
  accepted_author_id: string | null;
}): ClaimedAccount[] => [
  { externalId: row.account_external_id, acceptedAuthorId: row.accepted_author_id },
  ...(row.own_external_ids ?? []).map((externalId) => ({ externalId })),
];

function termsOf(row: {
  metric: Metric | null;
  initial_views: string | null;
  payout_rate: string | null;
  cap: string | null;
  min_views: string | null;
  carried: string;
}): FrozenTerms | null {
  if (row.metric === null || row.initial_views === null || row.payout_rate === null || row.min_views === null)
    return null;
  return {
    metric: row.metric,
    initialViews: BigInt(row.initial_views),
    ratePer1000Micros: microsFromNumeric(row.payout_rate),
    capMicros: optionalMicros(row.cap),
    minViews: BigInt(row.min_views),
    carriedMicros: microsFromNumeric(row.carried),
  };
}

/**
 * Takes every lock a settlement of these clips needs but those on ledger accounts, in the system's one order: clips,
 * campaigns, clip_schedules, clip_submissions, each by id. Without the clip locks two workers pay the same views twice
 * and every sum still balances; without one order two batches deadlock.
 */
export async function lockBatch(tx: Tx, clipIds: readonly string[]): Promise<LockedBatch> {
  // Sent together, done one after another, each seeing what was committed before it began: the next lock is taken while
  // the rows of the last are read here.
  const [clips, campaigns, schedules, submissions] = await Promise.all([
    lockClips(tx, clipIds),
    lockCampaignsOf(tx, clipIds),
    lockSchedules(tx, clipIds),
    lockSubmissions(tx, clipIds),
  ]);
  return { clips, campaigns, schedules, submissions };
}
