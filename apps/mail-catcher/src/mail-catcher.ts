import type { Server } from 'node:net';
import type { Env } from '#src/env.ts';
import { MailBox } from '#src/mail-box.ts';
import { createPageServer } from '#src/page-server.ts';
import { createSmtpServer } from '#src/smtp-server.ts';

export interface MailCatcher {
  /** Where mails are handed in. */
  smtpUrl: string;
  /** Where they are read. */
  pageUrl: string;
  stop(): Promise<void>;
}

/** Starts both of its servers and answers once they listen. */
export async function startMailCatcher(env: Env, now: () => Date = () => new Date()): Promise<MailCatcher> {
  const box = new MailBox();
  const smtp = createSmtpServer(box, now);
  const pages = await createPageServer(box);
  const name = env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST;
  // A client that breaks off is no reason to end.
  smtp.on('error', () => {});
  const smtpPort = await listen(smtp.server, env.MAIL_SMTP_PORT, env.HOST);
  const pagePort = await listen(pages, env.MAIL_PAGE_PORT, env.HOST);
  return {
    smtpUrl: `smtp://${name}:${smtpPort}`,
    pageUrl: `http://${name}:${pagePort}`,
    async stop() {
      await new Promise<void>((resolve) => smtp.close(resolve));
      const closed = new Promise((resolve) => pages.close(resolve));
      pages.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(port, host, listening.resolve);
  await listening.promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
