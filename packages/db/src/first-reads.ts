import { arrayLiteral } from '#src/array-literal.ts';
import type { LockedBatch, LockedSubmission } from '#src/batch-locks.ts';
import type { BatchPlan } from '#src/batch-plan.ts';
import type { Tx } from '#src/transaction.ts';

/** What a first read is held against. */
export interface FirstReadFacts {
  readonly startsAt: Date | null;
  /** The clipper's proved accounts on the clip's platform; null: none was asked for when it was submitted. */
  readonly accounts: readonly { readonly id: string; readonly externalId: string | null }[] | null;
}

/** A submission whose video was not read for it yet. */
export const isAwaitingFirstRead = (submission: LockedSubmission): boolean =>
  submission.status === 'PENDING' && submission.firstReadAt === null;

/** By submission, for those whose first read this may be; nothing is asked when there is none. */
export async function readFirstReadFacts(tx: Tx, locked: LockedBatch): Promise<ReadonlyMap<string, FirstReadFacts>> {
  const ids = [...locked.submissions.values()].filter(isAwaitingFirstRead).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const { rows } = await tx.query<{
    id: string;
    starts_at: Date | null;
    claims_account: boolean;
    account_ids: string[] | null;
    external_ids: string[] | null;
  }>(
    `SELECT s.id, camp.starts_at, s.social_account_id IS NOT NULL AS claims_account, own.account_ids, own.external_ids
     FROM clip_submissions s JOIN campaigns camp ON camp.id = s.campaign_id JOIN clips c ON c.id = s.clip_id
       LEFT JOIN LATERAL (
         SELECT array_agg(a.id) AS account_ids, array_agg(a.external_id) AS external_ids FROM social_accounts a
         WHERE a.user_id = s.user_id AND a.platform = c.platform
           AND a.verified_at IS NOT NULL AND a.removed_at IS NULL) own ON true
     WHERE s.id = ANY ($1::uuid[])`,
    [arrayLiteral(ids)],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        startsAt: row.starts_at,
        accounts: row.claims_account
          ? (row.account_ids ?? []).map((id, i) => ({ id, externalId: row.external_ids?.[i] ?? null }))
          : null,
      },
    ]),
  );
}

/** What first reads showed, and why others wait. Their submissions are locked; one statement a table, and none for nothing. */
export async function writeFirstReads(
  tx: Tx,
  { firstReads, firstReadWaits }: Pick<BatchPlan, 'firstReads' | 'firstReadWaits'>,
  now: Date,
): Promise<void> {
  if (firstReads.length > 0) {
    await tx.query(
      `UPDATE clip_submissions s SET first_read_at = $3, first_read_blocked = NULL,
         social_account_id = COALESCE(w.account_id, s.social_account_id), updated_at = $3
       FROM unnest($1::uuid[], $2::uuid[]) AS w (id, account_id) WHERE s.id = w.id`,
      [firstReads.map((row) => row.submission.id), firstReads.map((row) => row.socialAccountId), now],
    );
    await wantThumbnails(
      tx,
      firstReads.flatMap((row) => (row.hasThumbnail ? [row.submission.clipId] : [])),
      now,
    );
  }
  if (firstReadWaits.length > 0)
    await tx.query(
      `UPDATE clip_submissions s SET first_read_blocked = w.why
       FROM unnest($1::uuid[], $2::text[]) AS w (id, why) WHERE s.id = w.id`,
      [firstReadWaits.map((row) => row.submission.id), firstReadWaits.map((row) => row.why)],
    );
}

/** Has pictures fetched that are not kept yet. */
async function wantThumbnails(tx: Tx, clipIds: readonly string[], now: Date): Promise<void> {
  if (clipIds.length === 0) return;
  await tx.query(
    `INSERT INTO clip_thumbnails (clip_id, next_attempt_at) SELECT id, $2 FROM unnest($1::uuid[]) AS w (id)
     ON CONFLICT (clip_id) DO UPDATE SET next_attempt_at = EXCLUDED.next_attempt_at, attempts = 0
     WHERE clip_thumbnails.image IS NULL`,
    [clipIds, now],
  );
}
