import type { Pool } from '@clipmeter/db/connect';
import {
  type ClaimedMail,
  claimMails,
  giveUpMail,
  giveUpOldMails,
  markMailSent,
  postponeMail,
  readMailBacklog,
} from '@clipmeter/db/mail-sending';
import { withTransaction } from '@clipmeter/db/transaction';
import type { Logger } from 'pino';
import { z } from 'zod';
import { raiseAlert, resolveAlert } from '#src/alert.ts';
import { EVERY_MINUTE, type Job } from '#src/jobs/job.ts';
import { composeMail } from '#src/mail/compose-mail.ts';
import { CONNECTIONS_MAX, type Mailer } from '#src/mail/mailer.ts';

export const MAIL_QUEUE = 'mail';

export interface MailDeps {
  readonly pool: Pool;
  readonly log: Logger;
  readonly now: () => Date;
  readonly mailer: Mailer;
  readonly from: string;
  readonly publicUrl: string;
}

const EVERY_SECONDS = 2;
/** Well below what pg-boss lets a job of this queue take. */
const WORK_MS = 20_000;
/** Longer than a mail may take: after a crash it is sent again then, under the same Message-ID. */
const LEASE_MS = 2 * 60_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** How long to wait after each time that a mail was not taken; then the last one again and again. */
const RETRY_AFTER_MS = [
  10 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  60 * MINUTE_MS,
  3 * 60 * MINUTE_MS,
] as const;
const LAST_RETRY_MS = 3 * 60 * MINUTE_MS;
/** News that old would only confuse. */
const GIVE_UP_AFTER_MS = 3 * 24 * 60 * MINUTE_MS;
/** A mail server may be away for a moment; after this a person should know. */
const ALERT_AFTER_MS = 10 * MINUTE_MS;

/**
 * Sends what waits, once each: claimed under a lease, marked when the server has taken it. Whatever the server does is no
 * error here; a mail that fails waits and holds nothing up.
 */
export function createMailJob(deps: MailDeps): Job {
  return {
    queue: MAIL_QUEUE,
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 1,
    everySeconds: EVERY_SECONDS,
    cron: EVERY_MINUTE,
    async handle(_data, signal) {
      const beganAt = deps.now();
      const before = new Date(beganAt.getTime() - GIVE_UP_AFTER_MS);
      const old = await giveUpOldMails(deps.pool, { before, at: beganAt });
      if (old > 0) deps.log.warn({ mails: old }, 'mails that waited too long were given up');
      const total = { tried: 0, sent: 0 };
      while (!signal.aborted && deps.now().getTime() - beganAt.getTime() < WORK_MS) {
        const part = await sendPart(deps);
        total.tried += part.tried;
        total.sent += part.sent;
        // A server that is not there is not asked again for each of the others.
        if (part.tried < CONNECTIONS_MAX || part.unavailable) break;
      }
      await tellOfTrouble(deps, total);
    },
  };
}

/** As many as go out at once. */
async function sendPart(deps: MailDeps): Promise<{ tried: number; sent: number; unavailable: boolean }> {
  const now = deps.now();
  const until = new Date(now.getTime() + LEASE_MS);
  const mails = await withTransaction(deps.pool, (tx) => claimMails(tx, { now, until, limit: CONNECTIONS_MAX }));
  const outcomes = await Promise.all(mails.map((mail) => sendOne(deps, mail)));
  const sent = outcomes.filter((kind) => kind === 'sent').length;
  return { tried: mails.length, sent, unavailable: outcomes.includes('unavailable') };
}

async function sendOne(deps: MailDeps, mail: ClaimedMail): Promise<string> {
  const { id, kind, attempts } = mail;
  const outcome = await deps.mailer.send(composeMail(mail, deps));
  const at = deps.now();
  await withTransaction(deps.pool, async (tx) => {
    if (outcome.kind === 'sent') return markMailSent(tx, { id, at });
    if (outcome.kind === 'refused') return giveUpMail(tx, { id, at, error: outcome.reason });
    const until = new Date(at.getTime() + (RETRY_AFTER_MS[attempts] ?? LAST_RETRY_MS));
    return postponeMail(tx, { id, until, error: outcome.reason });
  });
  // The address stays out of the log.
  if (outcome.kind === 'sent') deps.log.debug({ mail: id, kind }, 'mail sent');
  else deps.log.warn({ mail: id, kind, attempts, outcome: outcome.kind, reason: outcome.reason }, 'mail not sent');
  return outcome.kind;
}

/** One alert, from when mails have not gone out for long until one does or none is left that failed. */
async function tellOfTrouble({ pool, now }: MailDeps, { tried, sent }: { tried: number; sent: number }): Promise<void> {
  const alert = { kind: 'mail_failing', cause: 'smtp', now: now() } as const;
  const { waiting, failingSince, lastError } = await readMailBacklog(pool);
  if (sent > 0 || failingSince === null) return withTransaction(pool, (tx) => resolveAlert(tx, alert));
  if (tried === 0 || alert.now.getTime() - Date.parse(failingSince) < ALERT_AFTER_MS) return;
  const count = waiting === 1 ? 'One mail waits' : `${waiting} mails wait`;
  const message = `${count}. The server last said: ${lastError ?? 'nothing'}`;
  await withTransaction(pool, (tx) => raiseAlert(tx, { ...alert, message }));
}
