import type { Platform } from '@clipmeter/core/platform';
import type { LinkChanged, LinkStatus } from '@clipmeter/realtime/event';
import { userTopic } from '@clipmeter/realtime/topic';
import { appendEvents } from '#src/event-log.ts';
import type { Tx } from '#src/transaction.ts';

/** A short or share link that somebody submitted. It becomes a submission of the same id. */
export interface LinkResolution {
  readonly id: string;
  readonly url: string;
  readonly platform: Platform;
  readonly userId: string;
  readonly campaignId: string;
  readonly status: LinkStatus;
  /** For the clipper, when it failed. */
  readonly reason: string | null;
  /** How often nobody could say where it leads. */
  readonly attempts: number;
}

export interface NewLinkResolution {
  readonly id: string;
  readonly url: string;
  readonly platform: Platform;
  readonly userId: string;
  readonly campaignId: string;
  readonly at: Date;
}

interface LinkColumns {
  id: string;
  url: string;
  platform: Platform;
  user_id: string;
  campaign_id: string;
  status: LinkStatus;
  reason: string | null;
  attempts: number;
}

const COLUMNS = 'id, url, platform, user_id, campaign_id, status, reason, attempts';

const linkOf = (row: LinkColumns): LinkResolution => ({
  id: row.id,
  url: row.url,
  platform: row.platform,
  userId: row.user_id,
  campaignId: row.campaign_id,
  status: row.status,
  reason: row.reason,
  attempts: row.attempts,
});

/** Records a link that is to be followed and tells its clipper. False: that id exists already, and nothing was written. */
export async function insertLinkResolution(tx: Tx, link: NewLinkResolution): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO link_resolutions (id, url, platform, user_id, campaign_id, next_attempt_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $6) ON CONFLICT (id) DO NOTHING`,
    [link.id, link.url, link.platform, link.userId, link.campaignId, link.at],
  );
  if (rowCount === 0) return false;
  await appendEvents(tx, [changed(link, { status: 'WAITING', reason: null, submissionId: null }, link.at)]);
  return true;
}

/** The link as it stands, for an answer to a repeat. */
export async function findLinkResolution(tx: Tx, id: string): Promise<LinkResolution | null> {
  const { rows } = await tx.query<LinkColumns>(`SELECT ${COLUMNS} FROM link_resolutions WHERE id = $1`, [id]);
  return rows[0] === undefined ? null : linkOf(rows[0]);
}

/** How many of a clipper's links are still to be followed. */
export async function countWaitingLinks(tx: Tx, userId: string): Promise<number> {
  const { rows } = await tx.query<{ waiting: string }>(
    "SELECT count(*) AS waiting FROM link_resolutions WHERE user_id = $1 AND status = 'WAITING'",
    [userId],
  );
  return Number(rows[0]?.waiting ?? 0);
}

/**
 * Takes links whose turn it is, those that wait longest first. Nobody else takes them before `until`: after a crash they
 * are taken again then.
 */
export async function claimLinks(
  tx: Tx,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<LinkResolution[]> {
  const { rows } = await tx.query<LinkColumns>(
    `WITH due AS (
       SELECT id FROM link_resolutions WHERE status = 'WAITING' AND next_attempt_at <= $1
       ORDER BY next_attempt_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED)
     UPDATE link_resolutions SET next_attempt_at = $2, updated_at = $1 WHERE id IN (SELECT id FROM due)
     RETURNING ${COLUMNS}`,
    [now, until, limit],
  );
  return rows.map(linkOf);
}

/** Puts a link back for later; `counts` when somebody tried and nobody answered. */
export async function postponeLink(
  tx: Tx,
  { id, until, counts, at }: { id: string; until: Date; counts: boolean; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE link_resolutions SET next_attempt_at = $2, attempts = attempts + $3, updated_at = $4
     WHERE id = $1 AND status = 'WAITING'`,
    [id, until, counts ? 1 : 0, at],
  );
}

export type LinkEnd =
  | { readonly status: 'RESOLVED'; readonly submissionId: string }
  | { readonly status: 'FAILED'; readonly reason: string };

/** Writes what became of a link and tells its clipper. False: that was settled before, and nothing was written. */
export async function endLink(tx: Tx, link: LinkResolution, end: LinkEnd, at: Date): Promise<boolean> {
  const outcome =
    end.status === 'RESOLVED'
      ? { status: end.status, reason: null, submissionId: end.submissionId }
      : { status: end.status, reason: end.reason, submissionId: null };
  const { rowCount } = await tx.query(
    `UPDATE link_resolutions SET status = $2, reason = $3, submission_id = $4, updated_at = $5
     WHERE id = $1 AND status = 'WAITING'`,
    [link.id, outcome.status, outcome.reason, outcome.submissionId, at],
  );
  if (rowCount === 0) return false;
  await appendEvents(tx, [changed(link, outcome, at)]);
  return true;
}

function changed(
  { id, campaignId, url, userId }: Pick<LinkResolution, 'id' | 'campaignId' | 'url' | 'userId'>,
  outcome: Pick<LinkChanged['payload'], 'status' | 'reason' | 'submissionId'>,
  at: Date,
): LinkChanged {
  return {
    topic: userTopic(userId),
    type: 'link.changed',
    payload: { linkId: id, campaignId, url, ...outcome, at: at.toISOString() },
  };
}
