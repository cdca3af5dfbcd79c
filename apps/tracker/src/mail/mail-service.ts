import type { Logger } from 'pino';
import type { Mailer } from '#src/mail/mailer.ts';
import type { Service } from '#src/service.ts';

/** Closes the connections to the mail server at the end, and says at the start when there is none. */
export function createMailService({ mailer, log }: { mailer: Mailer | null; log: Logger }): Service {
  return {
    name: 'mail',
    async run() {
      if (mailer === null) log.warn('SMTP_URL is not set: mails wait and none is sent');
    },
    async stop() {
      mailer?.close();
    },
  };
}
