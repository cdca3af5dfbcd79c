import type { TrackerOverview } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';
import { applyPlatform } from '#src/live/platform-list.ts';

const RUNS_MAX = 50;

type Platform = TrackerOverview['platforms'][number];

/**
 * The run in its place, newest first. Runs know no versions: one that has ended already has all that the event says, and
 * one older than all that are shown stays out.
 */
export function applyRun(overview: TrackerOverview, event: Payload<'run.finished'>): TrackerOverview {
  const known = overview.runs.find((run) => run.runId === event.runId);
  if (known?.status === 'SETTLED' || known?.status === 'FAILED') return overview;
  const { at, durationMs, ...counts } = event;
  const run: TrackerOverview['runs'][number] = {
    ...counts,
    source: known?.source ?? '',
    status: event.error === null ? 'SETTLED' : 'FAILED',
    costIsFinal: known?.costIsFinal ?? false,
    durationMs,
    createdAt: known?.createdAt ?? at,
    endedAt: at,
  };
  const others = overview.runs.filter((each) => each.runId !== event.runId);
  const runs = [run, ...others].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  return { ...overview, runs: runs.slice(0, RUNS_MAX) };
}

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

/** A platform that became late, stopped, or recovered. */
export function applyPlatformToOverview(
  overview: TrackerOverview,
  event: Payload<'platform.changed'>,
): TrackerOverview {
  const isKnown = (each: Platform | Payload<'platform.changed'>): each is Platform => 'due' in each;
  const platforms = applyPlatform<Platform>(overview.platforms, event);
  return platforms === overview.platforms ? overview : { ...overview, platforms: platforms.filter(isKnown) };
}
