import type { Micros } from '@clipmeter/core/money';
import { v7 as uuidv7 } from 'uuid';
import { accrualCause } from '#src/accrual-cause.ts';
import { arrayLiteral } from '#src/array-literal.ts';
import type { LockedCampaign } from '#src/batch-locks.ts';
import type { BatchPlan, ClipWrite, Credit, SnapshotWrite } from '#src/batch-plan.ts';
import type { Movement } from '#src/ledger.ts';
import { numericFromMicros } from '#src/micros-column.ts';
import type { ScheduleWrite } from '#src/plan-schedule.ts';
import { prepared } from '#src/prepared.ts';
import type { SubmissionPlace } from '#src/submission-place.ts';
import type { Tx } from '#src/transaction.ts';

/** A settlement row to write; its number is the campaign's next, taken under the campaign's lock. */
export interface SettlementRow {
  readonly id: string;
  readonly campaignId: string;
  readonly number: bigint;
  readonly runId: string | null;
  readonly kind: 'BATCH' | 'CLOSING';
  readonly leftBeforeMicros: Micros;
  readonly owedMicros: Micros;
  readonly creditedMicros: Micros;
  readonly status: string;
  /** The closing round that it settles, or a part of which, up to this place. */
  readonly round?: { readonly id: string; readonly through: SubmissionPlace | null };
}

/** Settlements of one run by campaign; one statement whatever their number, like every write here. */
export async function writeSettlements(tx: Tx, rows: readonly SettlementRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    prepared(`INSERT INTO settlements (id, campaign_id, number, run_id, kind, left_before, owed, credited, status, round_id,
       through_user_id, through_submission_id, created_at)
     SELECT s.*, $13 FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[],
       $9::text[], $10::uuid[], $11::uuid[], $12::uuid[]) AS s`),
    [
      arrayLiteral(rows.map((row) => row.id)),
      arrayLiteral(rows.map((row) => row.campaignId)),
      arrayLiteral(rows.map((row) => row.number)),
      arrayLiteral(rows.map((row) => row.runId)),
      arrayLiteral(rows.map((row) => row.kind)),
      arrayLiteral(rows.map((row) => numericFromMicros(row.leftBeforeMicros))),
      arrayLiteral(rows.map((row) => numericFromMicros(row.owedMicros))),
      arrayLiteral(rows.map((row) => numericFromMicros(row.creditedMicros))),
      arrayLiteral(rows.map((row) => row.status)),
      arrayLiteral(rows.map((row) => row.round?.id ?? null)),
      arrayLiteral(rows.map((row) => row.round?.through?.userId ?? null)),
      arrayLiteral(rows.map((row) => row.round?.through?.submissionId ?? null)),
      now,
    ],
  );
}

/** A snapshot with the run that read it and the settlement that decided from it. */
export interface SnapshotRow extends Omit<SnapshotWrite, 'campaignId'> {
  readonly runId: string;
  readonly date: Date;
  readonly platform: string;
  readonly settlementId: string | null;
}

export async function writeSnapshots(tx: Tx, rows: readonly SnapshotRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    prepared(`INSERT INTO view_tracking (clip_id, run_id, date, platform, metric, views, counts, flag, settlement_id)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::bigint[], $7::jsonb[], $8::text[], $9::uuid[])`),
    [
      arrayLiteral(rows.map((row) => row.clipId)),
      arrayLiteral(rows.map((row) => row.runId)),
      arrayLiteral(rows.map((row) => row.date)),
      arrayLiteral(rows.map((row) => row.platform)),
      arrayLiteral(rows.map((row) => row.metric)),
      arrayLiteral(rows.map((row) => row.views)),
      rows.map((row) => countsJson(row.counts)),
      arrayLiteral(rows.map((row) => row.flag)),
      arrayLiteral(rows.map((row) => row.settlementId)),
    ],
  );
}

/** Counts as JSON numbers, written digit by digit: a bigint never passes through a float. */
export function countsJson(counts: SnapshotWrite['counts']): string {
  return `{${Object.entries(counts)
    .map(([metric, count]) => `${JSON.stringify(metric)}:${count}`)
    .join(',')}}`;
}

const ENGAGEMENT = ['likes', 'comments', 'shares'] as const;

/** Latest views, earnings and what the platform says of the video. Null keeps what was known. */
export async function writeClips(tx: Tx, rows: readonly ClipWrite[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    prepared(`UPDATE clips c SET views = w.views, metric = COALESCE(w.metric, c.metric), earnings = c.earnings + w.credit,
       availability = COALESCE(w.availability, c.availability), last_read_at = COALESCE(w.read_at, c.last_read_at),
       title = COALESCE(w.title, c.title), author_id = COALESCE(w.author_id, c.author_id),
       author_handle = COALESCE(w.author_handle, c.author_handle), thumbnail_url = COALESCE(w.thumbnail_url, c.thumbnail_url),
       published_at = COALESCE(w.published_at, c.published_at), duration_ms = COALESCE(w.duration_ms, c.duration_ms),
       likes = COALESCE(w.likes, c.likes), comments = COALESCE(w.comments, c.comments), shares = COALESCE(w.shares, c.shares),
       grew_at = CASE WHEN w.views > c.views THEN COALESCE(w.read_at, c.grew_at) ELSE c.grew_at END, version = c.version + 1
     FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::numeric[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::bigint[],
       $13::bigint[], $14::bigint[], $15::bigint[])
       AS w (id, views, metric, credit, availability, read_at, title, author_id, author_handle, thumbnail_url, published_at, duration_ms, likes, comments, shares)
     WHERE c.id = w.id`),
    [
      arrayLiteral(rows.map((row) => row.clip.id)),
      arrayLiteral(rows.map((row) => row.views)),
      arrayLiteral(rows.map((row) => row.metric)),
      arrayLiteral(rows.map((row) => numericFromMicros(row.creditMicros))),
      arrayLiteral(rows.map((row) => row.availability)),
      arrayLiteral(rows.map((row) => row.readAt)),
      rows.map((row) => row.found?.title ?? null),
      rows.map((row) => row.found?.authorId ?? null),
      rows.map((row) => row.found?.authorHandle ?? null),
      rows.map((row) => row.found?.thumbnailUrl ?? null),
      arrayLiteral(rows.map((row) => row.found?.publishedAt ?? null)),
      arrayLiteral(rows.map((row) => row.found?.durationMs ?? null)),
      ...ENGAGEMENT.map((kind) => arrayLiteral(rows.map((row) => row.found?.engagement?.[kind] ?? null))),
    ],
  );
}

/** A campaign's totals after a settlement, under its lock. */
export interface CampaignWrite {
  readonly campaign: LockedCampaign;
  readonly creditedMicros: Micros;
  readonly settlements: number;
  /** The change of the forecast; it may be negative. */
  readonly expectedChangeMicros: Micros;
}

/** The most that NUMERIC(20,6) holds: a forecast that exceeds it must not stop a settlement. */
const MICROS_MAX = '99999999999999.999999';

export async function writeCampaigns(tx: Tx, rows: readonly CampaignWrite[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    prepared(`UPDATE campaigns c SET spent = c.spent + w.credited, settlement_number = c.settlement_number + w.settlements,
       expected = LEAST(GREATEST(0, c.expected + w.expected_change), ${MICROS_MAX}), version = c.version + 1, updated_at = $5
     FROM unnest($1::uuid[], $2::numeric[], $3::integer[], $4::numeric[]) AS w (id, credited, settlements, expected_change)
     WHERE c.id = w.id`),
    [
      arrayLiteral(rows.map((row) => row.campaign.id)),
      arrayLiteral(rows.map((row) => numericFromMicros(row.creditedMicros))),
      arrayLiteral(rows.map((row) => row.settlements)),
      arrayLiteral(rows.map((row) => numericFromMicros(row.expectedChangeMicros))),
      now,
    ],
  );
}

/** The movement of one credit: budget → pending, caused by the observation that earned it. */
export function accrualOf(
  credit: Credit,
  cause: { causeId: string; campaignId: string; settlementId: string; eventAt: Date },
): Movement {
  return {
    causeKind: 'snapshot',
    causeId: cause.causeId,
    movement: 'accrue',
    from: { kind: 'budget', campaignId: cause.campaignId },
    to: { kind: 'pending', campaignId: cause.campaignId, userId: credit.submission.userId },
    amountMicros: credit.creditMicros,
    eventAt: cause.eventAt,
    clipId: credit.clipId,
    settlementId: cause.settlementId,
  };
}

/** The movements of a batch's settlements: one entry a credited clip. */
export function accrualsOf(
  plan: BatchPlan,
  run: { runId: string; endedAt: Date },
  settlementIds: ReadonlyMap<string, string>,
): Movement[] {
  return plan.settlements.flatMap(({ campaign, credits }) => {
    const settlementId = settlementIds.get(campaign.id);
    if (!settlementId) throw new Error(`The settlement of campaign ${campaign.id} has no id`);
    return credits.map((credit) =>
      accrualOf(credit, {
        causeId: accrualCause(credit.clipId, run.runId),
        campaignId: campaign.id,
        settlementId,
        eventAt: run.endedAt,
      }),
    );
  });
}

/**
 * When clips are read next. A clip that another run holds by now (the lease of this one ended) stays with that run, whose
 * answer is yet to come; only parking it counts at once.
 *
 * @param run the run that was settled; null for the end of a closing round, which takes no clip from any run
 */
export async function writeSchedules(
  tx: Tx,
  rows: readonly ScheduleWrite[],
  { runId, now }: { runId: string | null; now: Date },
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    prepared(`UPDATE clip_schedules s SET
       next_due_at = CASE WHEN ${HELD_ELSEWHERE} AND w.next_due_at <> 'infinity' THEN s.next_due_at ELSE w.next_due_at END,
       lease_until = CASE WHEN ${HELD_ELSEWHERE} THEN s.lease_until END,
       run_id = CASE WHEN ${HELD_ELSEWHERE} THEN s.run_id END,
       urgent = w.urgent OR (${HELD_ELSEWHERE} AND s.urgent),
       velocity = w.velocity, expected = w.expected, failures = w.failures, not_found_at = w.not_found_at,
       last_outcome = w.outcome, last_reason = w.reason
     FROM unnest($1::uuid[], $2::timestamptz[], $3::boolean[], $4::double precision[], $5::numeric[], $6::integer[], $7::timestamptz[], $8::text[], $9::text[])
       AS w (clip_id, next_due_at, urgent, velocity, expected, failures, not_found_at, outcome, reason)
     WHERE s.clip_id = w.clip_id`),
    [
      arrayLiteral(rows.map((row) => row.clipId)),
      arrayLiteral(rows.map((row) => row.nextDueAt)),
      arrayLiteral(rows.map((row) => row.urgent)),
      arrayLiteral(rows.map((row) => row.velocityPerHour)),
      arrayLiteral(rows.map((row) => numericFromMicros(row.expectedMicros))),
      arrayLiteral(rows.map((row) => row.failures)),
      arrayLiteral(rows.map((row) => row.notFoundAt)),
      arrayLiteral(rows.map((row) => row.outcome)),
      rows.map((row) => row.reason),
      runId,
      now,
    ],
  );
}

const HELD_ELSEWHERE = `(s.run_id IS DISTINCT FROM $10::uuid AND COALESCE(s.lease_until > $11::timestamptz, false))`;

/** Forgets clips that nothing wants read any more. Their rows are locked already. */
export async function deleteSchedules(tx: Tx, clipIds: readonly string[]): Promise<void> {
  if (clipIds.length === 0) return;
  await tx.query('DELETE FROM clip_schedules WHERE clip_id = ANY ($1::uuid[])', [clipIds]);
}

/** Approvals: freezes terms, records them and the change of status. The accounts were made when approval was asked for. */
export async function writeApprovals(tx: Tx, plan: BatchPlan, now: Date): Promise<void> {
  const rows = plan.approvals;
  if (rows.length === 0) return;
  const numeric = (value: Micros | null) => (value === null ? null : numericFromMicros(value));
  const terms = [
    rows.map((row) => row.submission.id),
    rows.map((row) => row.terms.metric),
    rows.map((row) => row.terms.initialViews),
    rows.map((row) => numericFromMicros(row.terms.ratePer1000Micros)),
    rows.map((row) => numeric(row.terms.capMicros)),
    rows.map((row) => row.terms.minViews),
    rows.map((row) => numericFromMicros(row.earningsBaseMicros)),
  ];
  await tx.query(
    `UPDATE clip_submissions s SET status = 'APPROVED', approved_at = $8, approval_blocked = NULL, metric = w.metric,
       initial_views = w.initial_views, payout_rate = w.payout_rate, cap = w.cap, min_views = w.min_views,
       earnings_base = w.earnings_base, updated_at = $8
     FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::numeric[], $5::numeric[], $6::bigint[], $7::numeric[])
       AS w (id, metric, initial_views, payout_rate, cap, min_views, earnings_base)
     WHERE s.id = w.id`,
    [...terms, now],
  );
  await tx.query(
    `INSERT INTO submission_terms (submission_id, number, metric, initial_views, payout_rate, cap, min_views, carried, earnings_base, settlement_number, actor_id, created_at)
     SELECT w.id, 1, w.metric, w.initial_views, w.payout_rate, w.cap, w.min_views, 0, w.earnings_base, w.settlement_number, w.actor_id, $10
     FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::numeric[], $5::numeric[], $6::bigint[], $7::numeric[], $8::bigint[], $9::uuid[])
       AS w (id, metric, initial_views, payout_rate, cap, min_views, earnings_base, settlement_number, actor_id)`,
    [
      ...terms,
      rows.map((row) => row.campaign.settlementNumber),
      rows.map((row) => row.submission.approvalRequestedBy),
      now,
    ],
  );
  await tx.query(
    `INSERT INTO submission_status_changes (id, submission_id, from_status, to_status, settlement_number, actor_id, created_at)
     SELECT w.id, w.submission_id, 'PENDING', 'APPROVED', w.settlement_number, w.actor_id, $5
     FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[]) AS w (id, submission_id, settlement_number, actor_id)`,
    [
      rows.map(() => uuidv7()),
      rows.map((row) => row.submission.id),
      rows.map((row) => row.campaign.settlementNumber),
      rows.map((row) => row.submission.approvalRequestedBy),
      now,
    ],
  );
}

/** Doubtful jumps that wait, and approvals that wait or have to be asked for again, on their submissions. */
export async function writeSubmissionNotes(tx: Tx, plan: Pick<BatchPlan, 'doubts' | 'blocked'>): Promise<void> {
  if (plan.doubts.length > 0)
    await tx.query(
      `UPDATE clip_submissions s SET doubtful_views = w.views FROM unnest($1::uuid[], $2::bigint[]) AS w (id, views) WHERE s.id = w.id`,
      [plan.doubts.map((row) => row.submissionId), plan.doubts.map((row) => row.doubtfulViews)],
    );
  if (plan.blocked.length > 0)
    await tx.query(
      `UPDATE clip_submissions s SET approval_blocked = w.why,
         approval_requested_at = CASE WHEN NOT w.over THEN s.approval_requested_at END,
         approval_requested_by = CASE WHEN NOT w.over THEN s.approval_requested_by END
       FROM unnest($1::uuid[], $2::text[], $3::boolean[]) AS w (id, why, over) WHERE s.id = w.id`,
      [
        plan.blocked.map((row) => row.submission.id),
        plan.blocked.map((row) => row.why),
        plan.blocked.map((row) => row.isOver),
      ],
    );
}
