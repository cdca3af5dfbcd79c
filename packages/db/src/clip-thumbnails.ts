import type { Platform } from '@clipmeter/core/platform';
import type { Queryable } from '#src/connect.ts';
import { announceSubmission } from '#src/transact-submission.ts';
import type { Tx } from '#src/transaction.ts';

export const THUMBNAIL_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type ThumbnailType = (typeof THUMBNAIL_TYPES)[number];

/** Nobody needs a larger one, and the table stays small: Postgres refuses more. */
export const THUMBNAIL_BYTES_MAX = 204_800;

/** A copy of a clip's picture: the platform's own address expires within hours. */
export interface Thumbnail {
  readonly contentType: ThumbnailType;
  readonly bytes: Buffer;
}

/** A picture that is to be fetched. */
export interface WantedThumbnail {
  readonly clipId: string;
  readonly platform: Platform;
  readonly url: string;
  /** How often it was tried, this time included. */
  readonly attempts: number;
}

/** The kept picture of a clip; null if there is none. */
export async function readThumbnail(client: Queryable, clipId: string): Promise<Thumbnail | null> {
  const { rows } = await client.query<{ content_type: ThumbnailType; image: Buffer }>(
    'SELECT content_type, image FROM clip_thumbnails WHERE clip_id = $1 AND image IS NOT NULL',
    [clipId],
  );
  return rows[0] ? { contentType: rows[0].content_type, bytes: rows[0].image } : null;
}

/** Takes pictures that are due until then; if its taker dies, somebody else takes them after that. */
export async function claimThumbnails(
  tx: Tx,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<WantedThumbnail[]> {
  const { rows } = await tx.query<{ clip_id: string; platform: Platform; url: string | null; attempts: number }>(
    `WITH due AS (
       SELECT clip_id FROM clip_thumbnails WHERE next_attempt_at <= $1
       ORDER BY next_attempt_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED)
     UPDATE clip_thumbnails t SET next_attempt_at = $2, attempts = attempts + 1 FROM due, clips c
     WHERE t.clip_id = due.clip_id AND c.id = due.clip_id
     RETURNING t.clip_id, c.platform, c.thumbnail_url AS url, t.attempts`,
    [now, until, limit],
  );
  return rows.flatMap(({ clip_id: clipId, url, ...row }) => (url === null ? [] : [{ ...row, clipId, url }]));
}

/** Keeps a picture, and tells the pages that show its clip. */
export async function keepThumbnail(
  tx: Tx,
  clipId: string,
  { contentType, bytes }: Thumbnail,
  at: Date,
): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE clip_thumbnails SET content_type = $2, image = $3, fetched_at = $4, next_attempt_at = NULL
     WHERE clip_id = $1 AND image IS NULL`,
    [clipId, contentType, bytes, at],
  );
  if (rowCount === 0) return;
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM clip_submissions WHERE clip_id = $1 AND status IN ('PENDING', 'APPROVED')`,
    [clipId],
  );
  for (const { id } of rows) await announceSubmission(tx, id, at);
}

/** Has a picture fetched later; null: never again. */
export async function postponeThumbnail(tx: Tx, clipId: string, until: Date | null): Promise<void> {
  await tx.query('UPDATE clip_thumbnails SET next_attempt_at = $2 WHERE clip_id = $1 AND image IS NULL', [
    clipId,
    until,
  ]);
}
