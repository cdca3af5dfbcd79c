import { canonicalUrl } from '@clipmeter/core/clip-link';
import type { Platform } from '@clipmeter/core/platform';
import type { AnsweredClip } from '#src/batch-input.ts';
import { newId } from '#src/new-id.ts';
import type { ReadResult } from '#src/read-result.ts';
import type { Tx } from '#src/transaction.ts';

/**
 * The clips of the videos that first reads were answered with instead, by the clip that was asked for; made where nobody
 * has submitted such a video yet. Before any lock: whoever makes the same clip at once waits here for the other, and
 * nobody who waits here holds a lock. Nothing is asked of the database when no read was answered so.
 */
export async function ensureAnsweredClips(
  tx: Tx,
  { platform, results, now }: { platform: Platform; results: readonly ReadResult[]; now: Date },
): Promise<ReadonlyMap<string, AnsweredClip>> {
  const others = results.flatMap(({ clipId, outcome }) =>
    outcome.kind === 'other' ? [{ clipId, externalId: outcome.externalId }] : [],
  );
  if (others.length === 0) return new Map();
  const { rows: asked } = await tx.query<{ clip_id: string; external_id: string; submission_id: string }>(
    `SELECT o.clip_id, o.external_id, s.id AS submission_id
     FROM unnest($1::uuid[], $2::text[]) AS o (clip_id, external_id)
     JOIN clips c ON c.id = o.clip_id AND c.platform = $3 AND c.last_read_at IS NULL
     JOIN clip_submissions s ON s.clip_id = c.id AND s.status = 'PENDING'
       AND (s.approval_requested_at IS NOT NULL OR s.first_read_at IS NULL) AND s.submitted_clip_id IS NULL`,
    [others.map((other) => other.clipId), others.map((other) => other.externalId), platform],
  );
  if (asked.length === 0) return new Map();
  // In one order, so that two who make the same clips never wait for each other in turn.
  const externalIds = [...new Set(asked.map((row) => row.external_id))].toSorted((a, b) => (a < b ? -1 : 1));
  await tx.query(
    `INSERT INTO clips (id, platform, external_id, url, created_at)
     SELECT n.id, $1, n.external_id, n.url, $5 FROM unnest($2::uuid[], $3::text[], $4::text[]) AS n (id, external_id, url)
     ON CONFLICT ON CONSTRAINT clips_platform_external_id_key DO NOTHING`,
    [platform, externalIds.map(newId), externalIds, externalIds.map((id) => canonicalUrl(platform, id)), now],
  );
  const { rows: clips } = await tx.query<{ id: string; external_id: string }>(
    'SELECT id, external_id FROM clips WHERE platform = $1 AND external_id = ANY ($2::text[])',
    [platform, externalIds],
  );
  const ids = new Map(clips.map((row) => [row.external_id, row.id]));
  return new Map(
    asked.flatMap(({ clip_id, external_id, submission_id }) => {
      const clipId = ids.get(external_id);
      return clipId === undefined || clipId === clip_id ? [] : [[clip_id, { clipId, submissionId: submission_id }]];
    }),
  );
}
