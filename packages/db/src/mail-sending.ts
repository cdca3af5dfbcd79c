import type { Queryable } from '#src/connect.ts';
import type { Tx } from '#src/transaction.ts';

/** A mail that this process alone may send for a while. */
export interface ClaimedMail {
  readonly id: string;
  readonly to: string;
  readonly kind: string;
  readonly subject: string;
  readonly body: string;
  /** A path of the web app, or a whole address. */
  readonly link: { readonly href: string; readonly label: string | null } | null;
  /** How often it was tried before. */
  readonly attempts: number;
  readonly createdAt: Date;
}

/** Takes mails whose turn it is, those that wait longest first. Whoever dies with them loses them at `until`. */
export async function claimMails(
  tx: Tx,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<ClaimedMail[]> {
  const { rows } = await tx.query<{
    id: string;
    to_address: string;
    kind: string;
    subject: string;
    body: string;
    link: string | null;
    link_label: string | null;
    attempts: number;
    created_at: Date;
  }>(
    `WITH due AS (
       SELECT id FROM mails WHERE sent_at IS NULL AND failed_at IS NULL AND next_attempt_at <= $1
         AND (lease_until IS NULL OR lease_until <= $1)
       ORDER BY next_attempt_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED)
     UPDATE mails SET lease_until = $2 WHERE id IN (SELECT id FROM due)
     RETURNING id, to_address, kind, subject, body, link, link_label, attempts, created_at`,
    [now, until, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    to: row.to_address,
    kind: row.kind,
    subject: row.subject,
    body: row.body,
    link: row.link === null ? null : { href: row.link, label: row.link_label },
    attempts: row.attempts,
    createdAt: row.created_at,
  }));
}

// A whole address holds a secret of its own (to set a password): it is kept no longer than it is needed.
const FORGET_SECRET = "link = CASE WHEN starts_with(link, '/') THEN link END";

/** The server has taken it. */
export async function markMailSent(tx: Tx, { id, at }: { id: string; at: Date }): Promise<void> {
  await tx.query(
    `UPDATE mails SET sent_at = $2, attempts = attempts + 1, lease_until = NULL, last_error = NULL, ${FORGET_SECRET}
     WHERE id = $1 AND sent_at IS NULL AND failed_at IS NULL`,
    [id, at],
  );
}

/** Puts a mail back for later; with an error when it was tried. */
export async function postponeMail(
  tx: Tx,
  { id, until, error }: { id: string; until: Date; error: string | null },
): Promise<void> {
  await tx.query(
    `UPDATE mails SET next_attempt_at = $2, lease_until = NULL, attempts = attempts + CASE WHEN $3::text IS NULL THEN 0 ELSE 1 END,
       last_error = coalesce($3, last_error)
     WHERE id = $1 AND sent_at IS NULL AND failed_at IS NULL`,
    [id, until, error],
  );
}

/** Nobody will ever take it. */
export async function giveUpMail(tx: Tx, { id, at, error }: { id: string; at: Date; error: string }): Promise<void> {
  await tx.query(
    `UPDATE mails SET failed_at = $2, attempts = attempts + 1, lease_until = NULL, last_error = $3, ${FORGET_SECRET}
     WHERE id = $1 AND sent_at IS NULL AND failed_at IS NULL`,
    [id, at, error],
  );
}

/** Gives up what has waited since before a time: news that old would only confuse. */
export async function giveUpOldMails(client: Queryable, { before, at }: { before: Date; at: Date }): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE mails SET failed_at = $2, lease_until = NULL, last_error = coalesce(last_error, 'It waited too long.'), ${FORGET_SECRET}
     WHERE sent_at IS NULL AND failed_at IS NULL AND created_at < $1`,
    [before, at],
  );
  return rowCount ?? 0;
}

/** Drops mails that are done with. What somebody is told once is known by the notice, not by its mail. */
export async function dropOldMails(client: Queryable, before: Date): Promise<number> {
  const { rowCount } = await client.query(
    'DELETE FROM mails WHERE created_at < $1 AND (sent_at IS NOT NULL OR failed_at IS NOT NULL)',
    [before],
  );
  return rowCount ?? 0;
}

export interface MailBacklog {
  readonly waiting: number;
  /** When the oldest of them was written. */
  readonly since: string | null;
  /** What the server last said to one of them; null: none of them was tried. */
  readonly lastError: string | null;
  /** When the oldest of those was written that were tried and not taken. */
  readonly failingSince: string | null;
}

/** What waits to be sent. */
export async function readMailBacklog(client: Queryable): Promise<MailBacklog> {
  const { rows } = await client.query<{
    waiting: string;
    since: Date | null;
    failing_since: Date | null;
    last_error: string | null;
  }>(
    `SELECT count(*) AS waiting, min(created_at) AS since, min(created_at) FILTER (WHERE attempts > 0) AS failing_since,
       (array_agg(last_error ORDER BY next_attempt_at DESC) FILTER (WHERE last_error IS NOT NULL))[1] AS last_error
     FROM mails WHERE sent_at IS NULL AND failed_at IS NULL`,
  );
  const [row] = rows;
  return {
    waiting: Number(row?.waiting ?? 0),
    since: row?.since?.toISOString() ?? null,
    lastError: row?.last_error ?? null,
    failingSince: row?.failing_since?.toISOString() ?? null,
  };
}
