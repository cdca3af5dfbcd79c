import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type MailCatcher, startMailCatcher } from '#src/mail-catcher.ts';

let catcher: MailCatcher;
beforeAll(async () => {
  catcher = await startMailCatcher({ HOST: '127.0.0.1', MAIL_SMTP_PORT: 0, MAIL_PAGE_PORT: 0 });
});
afterAll(() => catcher.stop());

const send = (mail: { to: string; subject: string; text: string; html?: string }) =>
  createTransport(catcher.smtpUrl).sendMail({ from: 'Clipmeter <clips@example.com>', ...mail });

const shownSchema = z.array(
  z.object({ id: z.string(), to: z.array(z.string()), subject: z.string(), links: z.array(z.string()) }),
);
const caught = async (query = '') =>
  shownSchema.parse(await (await fetch(`${catcher.pageUrl}/mails.json${query}`)).json());
const shown = async (path: string) => (await fetch(catcher.pageUrl + path)).text();

it('takes what a mailer hands in, and shows it with its links', async () => {
  const link = 'http://localhost:3000/reset-password?token=a-b_c&x=1';
  await send({ to: 'Ann@example.com', subject: 'Choose a new password', text: `Hello,\n\n${link}\n\nBye` });
  await send({ to: 'bob@example.com', subject: 'Nachricht für Bob – naïve', text: 'Grüße' });
  expect((await caught()).map(({ subject }) => subject)).toEqual([
    'Nachricht für Bob – naïve',
    'Choose a new password',
  ]);
  const [mail] = await caught('?to=ann@example.com');
  expect(mail).toMatchObject({ to: ['Ann@example.com'], links: [link] });
  expect(await shown('/')).toContain('Choose a new password');
  expect(await shown(`/mails/${mail?.id}`)).toContain(`href="${link.replace('&', '&#38;')}"`);
});

it('shows a mail’s markup apart, where nothing of it can run', async () => {
  const html = '<p>Hi</p><script>alert(1)</script>';
  await send({ to: 'eve@example.com', subject: '<script>alert(2)</script>', text: '<b>bold</b>', html });
  const [mail] = await caught('?to=eve@example.com');
  const page = await shown(`/mails/${mail?.id}`);
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('&#60;b&#62;bold');
  const inside = await fetch(`${catcher.pageUrl}/mails/${mail?.id}/html`);
  expect(inside.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await inside.text()).toContain('<base target="_blank"><p>Hi</p>');
});

it('is emptied by hand', async () => {
  await fetch(`${catcher.pageUrl}/mails`, { method: 'DELETE' });
  expect(await caught()).toEqual([]);
  expect(await shown('/')).toContain('No mail yet.');
});
