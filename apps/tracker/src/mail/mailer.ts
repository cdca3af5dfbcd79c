import { createTransport } from 'nodemailer';

/** A mail as it goes to the server. */
export interface MailMessage {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same however often it is sent, so that a mail that arrives twice is shown once. */
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type SendOutcome =
  | { readonly kind: 'sent' }
  /** This mail is not wanted there and never will be. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** This mail may be taken later. */
  | { readonly kind: 'later'; readonly reason: string }
  /** The server is not there, or wants nothing of us: no mail goes out now. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** What sends mails. */
export interface Mailer {
  send(message: MailMessage): Promise<SendOutcome>;
  close(): void;
}

/** Mails at once; a server that takes fewer lets the rest wait. */
export const CONNECTIONS_MAX = 4;
const CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 30_000;

/** Sends over SMTP, some connections kept open. */
export function createSmtpMailer(smtpUrl: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // What a mail says is ours; no file and no address is ever fetched for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message) {
      try {
        await transport.sendMail(message);
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** What the SMTP conversation ended with. A 5xx that is about the recipient or the text is final; one about us is not. */
function outcomeOf(error: unknown): SendOutcome {
  const reason = nameless(error instanceof Error ? error.message : String(error));
  const { code, command, responseCode } = Object(error);
  const isAboutMail = (code === 'EENVELOPE' || code === 'EMESSAGE') && !String(command ?? '').startsWith('MAIL');
  if (!isAboutMail) return { kind: 'unavailable', reason };
  return typeof responseCode === 'number' && responseCode < 500
    ? { kind: 'later', reason }
    : { kind: 'refused', reason };
}

/** What a server says often repeats the address. Who was to be mailed is nobody's affair in a log or an alert. */
function nameless(text: string): string {
  return text
    .replaceAll(/<?[^\s<>@]+@[^\s<>@]+>?/g, '(address)')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 500);
}
