import { createServer } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly unsubscribe: string | undefined;
}

/** What a server answers: SMTP's own number and a text. */
interface Refusal {
  readonly code: number;
  readonly text: string;
}

/** A mail server that speaks SMTP on loopback and keeps what it took. Its answers are the test's to choose. */
export async function openMailServer() {
  const received: ReceivedMail[] = [];
  let refuseRecipient: (address: string) => Refusal | null = () => null;
  let refuseSender: Refusal | null = null;

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom: (_address, _session, callback) => callback(refuseSender && errorOf(refuseSender)),
    onRcptTo({ address }, _session, callback) {
      const refusal = refuseRecipient(address);
      callback(refusal && errorOf(refusal));
    },
    onData(stream, session, callback) {
      void simpleParser(stream).then((mail) => {
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address).join(', '),
          from: mail.from?.text ?? '',
          subject: mail.subject ?? '',
          text: mail.text ?? '',
          html: mail.html === false ? '' : (mail.html ?? ''),
          messageId: mail.messageId ?? '',
          unsubscribe: mail.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line,
        });
        callback();
      }, callback);
    },
  });
  server.on('error', () => {}); // a client that goes away is no error of ours
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => resolve(portOf(listening.address())));
  });

  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuseRecipients(rule: (address: string) => Refusal | null) {
      refuseRecipient = rule;
    },
    refuseSender(refusal: Refusal | null) {
      refuseSender = refusal;
    },
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

export type MailServer = Awaited<ReturnType<typeof openMailServer>>;

/** An address at which nothing listens. */
export async function deadMailServer(): Promise<string> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())));
  });
  await new Promise((resolve) => server.close(resolve));
  return `smtp://127.0.0.1:${port}`;
}

function errorOf({ code, text }: Refusal): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

function portOf(address: unknown): number {
  const { port } = Object(address);
  if (typeof port !== 'number') throw new Error('no port');
  return port;
}
