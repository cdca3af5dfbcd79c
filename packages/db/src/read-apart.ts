import type { Platform } from '@clipmeter/core/platform';
import { backoffMs } from '@clipmeter/core/read-interval';
import { lockClips } from '#src/batch-locks.ts';
import type { Queryable } from '#src/connect.ts';
import { newId } from '#src/new-id.ts';
import { releaseRun } from '#src/scrape-run.ts';
import type { Tx } from '#src/transaction.ts';

/** A run that the platform would not take for what was asked in it. */
export interface RefusedRun {
  readonly runId: string;
  readonly clipIds: readonly string[];
  readonly reason: string;
  readonly now: Date;
}

/** Clips that were read before: this platform has taken runs that asked for them. */
export async function readBefore(client: Queryable, clipIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM clips WHERE id = ANY ($1::uuid[]) AND last_read_at IS NOT NULL',
    [clipIds],
  );
  return new Set(rows.map((row) => row.id));
}

/**
 * Ends a refused run and gives its clips back as groups, due at once and each to be read in runs of its own: so the one
 * that is refused is found, and the others are read. A round that waits for them waits for those runs.
 */
export async function splitRun(tx: Tx, run: RefusedRun, groups: readonly (readonly string[])[]): Promise<void> {
  const { runId, reason, now } = run;
  const named = groups.map((clipIds) => ({ apart: newId(), clipIds }));
  await tx.query(
    `WITH mine AS (
       SELECT clip_id FROM clip_schedules WHERE run_id = $1 AND clip_id = ANY ($2::uuid[]) ORDER BY clip_id FOR NO KEY UPDATE)
     UPDATE clip_schedules s SET apart = w.apart FROM mine, unnest($2::uuid[], $3::uuid[]) AS w (clip_id, apart)
     WHERE s.clip_id = mine.clip_id AND w.clip_id = mine.clip_id`,
    [runId, named.flatMap((group) => group.clipIds), named.flatMap((group) => group.clipIds.map(() => group.apart))],
  );
  await releaseRun(tx, { runId, retryAt: now, error: reason, now });
  await tx.query(
    'UPDATE tracking_round_clips SET run_id = NULL WHERE clip_id = ANY ($2::uuid[]) AND run_id = $1 AND outcome IS NULL',
    [runId, run.clipIds],
  );
}

/**
 * Ends a run that was refused for its only clip: it is what cannot be asked for. It is tried again later and later, in
 * runs of its own, and an approval that waits for it says why. Nothing else is held against it: no availability, no money.
 */
export async function blameClip(tx: Tx, run: RefusedRun & { readonly clipId: string }): Promise<void> {
  const { runId, clipId, reason, now } = run;
  await lockClips(tx, [clipId]);
  const { rows } = await tx.query<{ failures: number }>(
    'SELECT failures FROM clip_schedules WHERE clip_id = $1 AND run_id = $2 FOR NO KEY UPDATE',
    [clipId, runId],
  );
  const failures = (rows[0]?.failures ?? 0) + 1;
  const retryAt = new Date(now.getTime() + backoffMs('private', failures));
  await releaseRun(tx, { runId, retryAt, error: reason, now });
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE clip_schedules SET failures = $2, last_outcome = 'refused', apart = COALESCE(apart, $3) WHERE clip_id = $1`,
    [clipId, failures, newId()],
  );
  await tx.query(
    `UPDATE clip_submissions SET approval_blocked = $2
     WHERE clip_id = $1 AND status = 'PENDING' AND approval_requested_at IS NOT NULL`,
    [clipId, `Waiting for the first read: the platform does not take this link (${reason}).`],
  );
}

/** The platform took a run with these clips, so they may be read with any others again. */
export async function rejoin(client: Queryable, clipIds: readonly string[]): Promise<void> {
  await client.query(
    `WITH apart AS (
       SELECT clip_id FROM clip_schedules WHERE clip_id = ANY ($1::uuid[]) AND apart IS NOT NULL
       ORDER BY clip_id FOR NO KEY UPDATE)
     UPDATE clip_schedules s SET apart = NULL FROM apart WHERE s.clip_id = apart.clip_id`,
    [clipIds],
  );
}

/** The platform takes no run at all, so no clip is to be blamed for it. */
export async function rejoinAll(tx: Tx, platform: Platform): Promise<void> {
  await tx.query(
    `WITH apart AS (
       SELECT clip_id FROM clip_schedules WHERE platform = $1 AND apart IS NOT NULL ORDER BY clip_id FOR NO KEY UPDATE)
     UPDATE clip_schedules s SET apart = NULL FROM apart WHERE s.clip_id = apart.clip_id`,
    [platform],
  );
}

/** Whether the platform has clips that are read apart. */
export async function isAnyApart(client: Queryable, platform: Platform): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM clip_schedules WHERE platform = $1 AND apart IS NOT NULL LIMIT 1',
    [platform],
  );
  return rowCount !== 0;
}

/** The groups of those clips that are read apart. */
export async function readApart(client: Queryable, clipIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ clip_id: string; apart: string }>(
    'SELECT clip_id, apart FROM clip_schedules WHERE clip_id = ANY ($1::uuid[]) AND apart IS NOT NULL',
    [clipIds],
  );
  return new Map(rows.map((row) => [row.clip_id, row.apart]));
}
