import type { Platform } from '@clipmeter/core/platform';
import { backoffMs } from '@clipmeter/core/read-interval';
import { lockClips } from '#src/batch-locks.ts';
import type { Queryable } from '#src/connect.ts';
import { newId } from '#src/new-id.ts';
import { releaseRun } from '#src/scrape-run.ts';
import { announceSubmission } from '#src/transact-submission.ts';
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
  const { runId, clipIds, reason, now } = run;
  const held = await readHeldBy(tx, runId, clipIds);
  await releaseRun(tx, { runId, retryAt: now, error: reason, now });
  const parts = groups.flatMap((group) => {
    const apart = newId();
    return group.filter((clipId) => held.has(clipId)).map((clipId) => ({ clipId, apart }));
  });
  await tx.query(
    `UPDATE clip_schedules s SET apart = w.apart FROM unnest($1::uuid[], $2::uuid[]) AS w (clip_id, apart)
     WHERE s.clip_id = w.clip_id AND s.run_id IS NULL`,
    [parts.map((part) => part.clipId), parts.map((part) => part.apart)],
  );
  await tx.query(
    'UPDATE tracking_round_clips SET run_id = NULL WHERE clip_id = ANY ($2::uuid[]) AND run_id = $1 AND outcome IS NULL',
    [runId, clipIds],
  );
}

/**
 * Ends a run that was refused for its only clip: it is what cannot be asked for. It is tried again later and later, in
 * runs of its own, and an approval that waits for it says why. Nothing else is held against it: no availability, no money.
 */
export async function blameClip(tx: Tx, run: RefusedRun & { readonly clipId: string }): Promise<void> {
  const { runId, clipId, reason, now } = run;
  await lockClips(tx, [clipId]);
  const failures = (await readHeldBy(tx, runId, [clipId])).get(clipId);
  const retryAt = new Date(now.getTime() + backoffMs('private', (failures ?? 0) + 1));
  await releaseRun(tx, { runId, retryAt, error: reason, now });
  if (failures === undefined) return;
  await tx.query(
    `UPDATE clip_schedules SET failures = failures + 1, last_outcome = 'refused', apart = COALESCE(apart, $2)
     WHERE clip_id = $1 AND run_id IS NULL`,
    [clipId, newId()],
  );
  await tx.query(
    `UPDATE clip_submissions SET approval_blocked = $2
     WHERE clip_id = $1 AND status = 'PENDING' AND approval_requested_at IS NOT NULL`,
    [clipId, 'Waiting for the first read: the platform does not take this link.'],
  );
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE clip_submissions SET first_read_blocked = $2
     WHERE clip_id = $1 AND status = 'PENDING' AND first_read_at IS NULL RETURNING id`,
    [clipId, 'The platform does not take this link. Check that it opens the video; it is tried again.'],
  );
  for (const { id } of rows) await announceSubmission(tx, id, now);
}

/** The clips that the run still has, with their failures in a row. */
async function readHeldBy(tx: Tx, runId: string, clipIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await tx.query<{ clip_id: string; failures: number }>(
    'SELECT clip_id, failures FROM clip_schedules WHERE run_id = $1 AND clip_id = ANY ($2::uuid[])',
    [runId, clipIds],
  );
  return new Map(rows.map((row) => [row.clip_id, row.failures]));
}

/** The platform took a run with these clips, so they may be read with any others again. One row at a time: it waits holding none. */
export async function rejoin(client: Queryable, clipIds: readonly string[]): Promise<void> {
  for (const clipId of (await readApart(client, clipIds)).keys())
    await client.query('UPDATE clip_schedules SET apart = NULL WHERE clip_id = $1', [clipId]);
}

/** The platform takes no run at all, so no clip is to be blamed for it. */
export async function rejoinAll(tx: Tx, platform: Platform): Promise<void> {
  await tx.query('UPDATE clip_schedules SET apart = NULL WHERE platform = $1 AND apart IS NOT NULL', [platform]);
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
