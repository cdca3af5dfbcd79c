import { formatDecimal, micros, parseMicros } from '@clipmeter/core/money';
import type { TrackerOverview } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';

const RUNS_MAX = 50;

type Platform = TrackerOverview['platforms'][number];

type Run = TrackerOverview['runs'][number];

/**
 * The run in its place, newest first, and its platform's sums of today with it. Runs know no versions: one that has ended
 * already has all that the event says, unless the event corrects it, and one older than all that are shown stays out.
 */
export function applyRun(overview: TrackerOverview, event: Payload<'run.finished'>): TrackerOverview {
  const known = overview.runs.find((run) => run.runId === event.runId);
  const hasEnded = known?.status === 'SETTLED' || known?.status === 'FAILED';
  if (hasEnded && event.corrected === undefined) return overview;
  const { at, durationMs, corrected, ...counts } = event;
  const run: Run = {
    ...counts,
    source: known?.source ?? '',
    status: event.error === null || corrected ? 'SETTLED' : 'FAILED',
    costIsFinal: known?.costIsFinal ?? false,
    // The bill may have come before the correction.
    cost: known?.costIsFinal ? known.cost : event.cost,
    durationMs,
    createdAt: known?.createdAt ?? at,
    endedAt: at,
  };
  const others = overview.runs.filter((each) => each.runId !== event.runId);
  const runs = [run, ...others].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const platforms = overview.platforms.map((platform) =>
    platform.platform === run.platform ? { ...platform, today: withRun(platform.today, known, run) } : platform,
  );
  return { ...overview, platforms, runs: runs.slice(0, RUNS_MAX) };
}

/** Sums of a day in which a run counts as it is now instead of as it was. Days begin at midnight UTC. */
function withRun(today: Platform['today'], before: Run | undefined, run: Run): Platform['today'] {
  if (run.createdAt.slice(0, 10) !== run.endedAt?.slice(0, 10)) return today;
  const counted = (of: (each: Run) => number | null) => (of(run) ?? 0) - (before === undefined ? 0 : (of(before) ?? 0));
  const money = (sum: string, of: (each: Run) => string | null) =>
    formatDecimal(micros(parseMicros(sum) + usd(of(run)) - (before === undefined ? 0n : usd(of(before)))));
  return {
    runs: today.runs + (before === undefined ? 1 : 0),
    failedRuns: today.failedRuns + counted((each) => (each.status === 'FAILED' ? 1 : 0)),
    read: today.read + counted((each) => each.read),
    unknown: today.unknown + counted((each) => each.unknown),
    unavailable: today.unavailable + counted((each) => each.unavailable),
    credited: money(today.credited, (each) => each.credited),
    cost: money(today.cost, (each) => each.cost),
  };
}

const usd = (decimal: string | null) => (decimal === null ? 0n : parseMicros(decimal));

/** An alert that came, came again, or is resolved. */
export function applyAlert(overview: TrackerOverview, event: Payload<'alert.changed'>): TrackerOverview {
  const known = overview.alerts.find((alert) => alert.id === event.id);
  const others = overview.alerts.filter((alert) => alert.id !== event.id);
  if (event.resolved) return known === undefined ? overview : { ...overview, alerts: others };
  if (known !== undefined && known.count >= event.count) return overview;
  const { id, kind, message, count, at } = event;
  return {
    ...overview,
    alerts: [{ id, kind, message, count, firstSeen: known?.firstSeen ?? at, lastSeen: at }, ...others],
  };
}

/** A platform that became late, stopped, or recovered. Why is told to admins apart: until then it is not known. */
export function applyPlatformToOverview(
  overview: TrackerOverview,
  event: Payload<'platform.changed'>,
): TrackerOverview {
  const index = overview.platforms.findIndex((each) => each.platform === event.platform);
  const known = overview.platforms[index];
  if (known === undefined || event.version <= known.version) return overview;
  const { status, since, version } = event;
  const reason = status === 'OK' ? null : known.reason;
  return { ...overview, platforms: overview.platforms.with(index, { ...known, status, since, version, reason }) };
}

/** What a platform said, in its own words. */
export function applyPlatformDetail(overview: TrackerOverview, event: Payload<'platform.detail'>): TrackerOverview {
  const index = overview.platforms.findIndex((each) => each.platform === event.platform);
  const known = overview.platforms[index];
  if (known === undefined || event.version < known.version) return overview;
  const { reason, lastError, lastErrorAt } = event;
  return { ...overview, platforms: overview.platforms.with(index, { ...known, reason, lastError, lastErrorAt }) };
}
