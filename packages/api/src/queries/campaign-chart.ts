import { COMPLETION_REASONS, type CompletionReason } from '@clipmeter/core/campaign-state';
import { formatUsd } from '@clipmeter/core/money';
import { microsFromNumeric } from '@clipmeter/db/micros-column';
import { type MarkRow, readChartChanges, readMarks, type TermsThen } from '@clipmeter/db/read-chart';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { bucketSecondsFor, chartSeries } from '#src/chart-series.ts';
import type { SignedInContext } from '#src/context.ts';
import type { CHART_RANGES } from '#src/output/chart.ts';
import { visibleCampaign } from '#src/queries/visible-campaign.ts';

type ChartRange = (typeof CHART_RANGES)[number];

const HOUR_MS = 3_600_000;
/** How far back each range goes. */
export const CHART_RANGE_MS: Record<ChartRange, number> = {
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
  all: Number.POSITIVE_INFINITY,
};

/** Views and spend over time, from the campaign's making or the range's start, whichever is later. */
export async function campaignChart(
  { pool, viewer, now }: SignedInContext,
  { id, range }: { id: string; range: ChartRange },
) {
  return readSnapshot(pool, async (tx) => {
    const campaign = await visibleCampaign(tx, viewer, id);
    const until = (campaign.completedAt === null ? now() : new Date(campaign.completedAt)).getTime();
    const from = new Date(Math.max(Date.parse(campaign.createdAt), until - CHART_RANGE_MS[range]));
    const bucketSeconds = bucketSecondsFor(until - from.getTime());
    const changes = await readChartChanges(tx, { campaignId: id, from, bucketSeconds });
    const points = chartSeries(
      { views: changes.viewsBefore, spentMicros: microsFromNumeric(changes.spentBefore) },
      changes.buckets.map(({ credited, ...bucket }) => ({ ...bucket, creditedMicros: microsFromNumeric(credited) })),
      bucketSeconds,
    );
    return { bucketSeconds, points };
  });
}

/** What is marked on the chart's axis; a clipper sees approvals of own clips only. */
export function campaignMarks({ pool, viewer }: SignedInContext, { id }: { id: string }) {
  return readSnapshot(pool, async (tx) => {
    await visibleCampaign(tx, viewer, id);
    const rows = await readMarks(tx, { campaignId: id, approvalsOf: viewer.role === 'ADMIN' ? null : viewer.userId });
    return { marks: rows.map((row) => ({ at: row.at.toISOString(), kind: row.kind, label: labelOf(row) })) };
  });
}

const STATUS_WORDS = {
  DRAFT: 'Draft',
  SCHEDULED: 'Scheduled',
  ACTIVE: 'Active',
  PAUSED: 'Paused',
  COMPLETED: 'Completed',
  CANCELLED: 'Cancelled',
} as const;

const REASON_WORDS: Record<CompletionReason, string> = {
  BUDGET: 'budget reached',
  DEADLINE: 'deadline reached',
  ADMIN: 'by an admin',
  CANCELLED: '',
};

function labelOf(mark: MarkRow): string {
  if (mark.kind === 'funding') return `Topped up by ${formatUsd(microsFromNumeric(mark.amount))}`;
  if (mark.kind === 'terms') return termsLabel(mark.before, mark.after);
  if (mark.kind === 'approval') return mark.title === null ? 'Clip approved' : `Approved: ${mark.title}`;
  const reason = COMPLETION_REASONS.find((known) => known === mark.reason);
  const why = reason === undefined ? '' : REASON_WORDS[reason];
  return why === '' ? STATUS_WORDS[mark.to] : `${STATUS_WORDS[mark.to]}: ${why}`;
}

/** "Rate $2.00, was $1.50": what later approvals get. */
function termsLabel(before: TermsThen, after: TermsThen): string {
  const usd = (amount: string | null | undefined) =>
    amount == null ? 'no limit' : formatUsd(microsFromNumeric(amount));
  if (after.ratePer1000 !== undefined) return `Rate ${usd(after.ratePer1000)}, was ${usd(before.ratePer1000)}`;
  if (after.capPerClip !== undefined)
    return `Most a clip can earn: ${usd(after.capPerClip)}, was ${usd(before.capPerClip)}`;
  return 'Rates by platform changed';
}
