import { SMTPServer } from 'smtp-server';
import { readMail } from '#src/caught-mail.ts';
import type { MailBox } from '#src/mail-box.ts';

const MAIL_BYTES_MAX = 5_000_000;

/** Takes every mail from anybody, for anybody, and hands none on. */
export function createSmtpServer(box: MailBox, now: () => Date): SMTPServer {
  return new SMTPServer({
    name: 'mail-catcher',
    banner: 'nothing that is handed in here leaves this machine',
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: MAIL_BYTES_MAX,
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        if (stream.sizeExceeded) {
          callback(Object.assign(new Error('This mail is too large.'), { responseCode: 552 }));
          return;
        }
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        readMail(Buffer.concat(chunks), recipients, now()).then(
          (mail) => {
            box.add(mail);
            callback();
          },
          (error: Error) => callback(error),
        );
      });
    },
  });
}
