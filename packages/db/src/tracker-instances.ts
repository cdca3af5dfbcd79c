import type { Queryable } from '#src/connect.ts';

/** A tracker as it last said of itself. */
export interface TrackerInstance {
  host: string;
  pid: number;
  startedAt: string;
  seenAt: string;
  /** How far its follower of the event log was behind. */
  followerLagMs: number;
}

/** A tracker says so every few seconds; one that has been silent for this long is gone. */
const SILENT_AFTER_MS = 30_000;

/** Says that a tracker lives, and forgets those that have long been silent (killed: they could not say goodbye). */
export async function noteTracker(
  client: Queryable,
  tracker: { id: string; host: string; pid: number; startedAt: Date; now: Date; followerLagMs: number },
): Promise<void> {
  await client.query(
    `INSERT INTO tracker_instances (id, host, pid, started_at, seen_at, follower_lag_ms) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, follower_lag_ms = excluded.follower_lag_ms`,
    [tracker.id, tracker.host, tracker.pid, tracker.startedAt, tracker.now, Math.round(tracker.followerLagMs)],
  );
  await client.query('DELETE FROM tracker_instances WHERE seen_at < $1', [
    new Date(tracker.now.getTime() - 10 * SILENT_AFTER_MS),
  ]);
}

/** A tracker's goodbye. */
export async function forgetTracker(client: Queryable, id: string): Promise<void> {
  await client.query('DELETE FROM tracker_instances WHERE id = $1', [id]);
}

/** The trackers that run now, the oldest first. */
export async function readTrackers(client: Queryable, now: Date): Promise<TrackerInstance[]> {
  const { rows } = await client.query<{
    host: string;
    pid: number;
    started_at: Date;
    seen_at: Date;
    follower_lag_ms: number;
  }>(
    'SELECT host, pid, started_at, seen_at, follower_lag_ms FROM tracker_instances WHERE seen_at >= $1 ORDER BY started_at, id',
    [new Date(now.getTime() - SILENT_AFTER_MS)],
  );
  return rows.map((row) => ({
    host: row.host,
    pid: row.pid,
    startedAt: row.started_at.toISOString(),
    seenAt: row.seen_at.toISOString(),
    followerLagMs: row.follower_lag_ms,
  }));
}
