import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';

/** A mail as it was handed in. */
export interface CaughtMail {
  id: string;
  caughtAt: string;
  from: string;
  /** Whom it was handed in for: the envelope, not what its header claims. */
  to: string[];
  subject: string;
  text: string;
  /** Null: it has no HTML. */
  html: string | null;
  messageId: string | null;
  /** The addresses that its text leads to, in their order. */
  links: string[];
}

/** Reads a mail from the wire. */
export async function readMail(source: Buffer, recipients: string[], now: Date): Promise<CaughtMail> {
  const parsed = await simpleParser(source, { skipTextToHtml: true });
  const text = parsed.text ?? '';
  return {
    id: randomUUID(),
    caughtAt: now.toISOString(),
    from: parsed.from?.text ?? '',
    to: recipients,
    subject: parsed.subject ?? '',
    text,
    html: parsed.html || null,
    messageId: parsed.messageId ?? null,
    links: [...new Set(text.match(/https?:\/\/[^\s<>"]+/g) ?? [])],
  };
}
