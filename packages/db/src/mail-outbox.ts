import { arrayLiteral } from '#src/array-literal.ts';
import { newId } from '#src/new-id.ts';
import type { Tx } from '#src/transaction.ts';

/** A mail to write. Its words are final: what sends it adds only greeting, address and footer. */
export interface NewMail {
  /** Whose account it is about; null: somebody without one. */
  readonly userId: string | null;
  readonly to: string;
  /** A notice's kind, or `account.verify_email`, `account.reset_password`. */
  readonly kind: string;
  /** What caused it; one address is mailed once for a kind and cause. */
  readonly cause: string;
  readonly subject: string;
  /** Plain text; paragraphs are parted by an empty line. */
  readonly body: string;
  /** A path of the web app, or a whole address. */
  readonly link: { readonly href: string; readonly label: string } | null;
}

/**
 * Writes mails in the transaction that causes them; a tracker sends them. A repeat of a cause writes nothing.
 *
 * @returns how many were new
 */
export async function queueMails(tx: Tx, mails: readonly NewMail[], now: Date): Promise<number> {
  if (mails.length === 0) return 0;
  const { rowCount } = await tx.query(
    `INSERT INTO mails (id, user_id, to_address, kind, cause, subject, body, link, link_label, next_attempt_at, created_at)
     SELECT m.*, $10, $10 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::text[]) AS m
     ON CONFLICT ON CONSTRAINT mails_once DO NOTHING`,
    [
      arrayLiteral(mails.map(() => newId())),
      arrayLiteral(mails.map((mail) => mail.userId)),
      mails.map((mail) => mail.to),
      mails.map((mail) => mail.kind),
      mails.map((mail) => mail.cause),
      mails.map((mail) => mail.subject),
      mails.map((mail) => mail.body),
      mails.map((mail) => mail.link?.href ?? null),
      mails.map((mail) => mail.link?.label ?? null),
      now,
    ],
  );
  return rowCount ?? 0;
}
