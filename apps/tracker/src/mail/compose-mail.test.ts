import { expect, test } from 'vitest';
import { composeMail } from '#src/mail/compose-mail.ts';

const WHERE = { publicUrl: 'https://clips.example', from: 'Clipmeter <hello@clips.example>' };
const NOTICE = {
  id: '0198c0de-0000-7000-8000-000000000001',
  to: 'mara@example.test',
  kind: 'submission.approved',
  subject: 'Approved for “Autumn <script>”',
  body: 'It counts from 10 views.\n\nTom & Jerry said\n"yes".',
  link: { href: '/campaigns/1', label: 'Open it' },
};

test('a notice says its words as text and as HTML, leads to its page and to the preferences', () => {
  const mail = composeMail(NOTICE, WHERE);
  expect(mail.text).toContain('It counts from 10 views.\n\nTom & Jerry said\n"yes".');
  expect(mail.text).toContain('Open it: https://clips.example/campaigns/1');
  expect(mail.text).toContain('https://clips.example/account/alerts');
  expect(mail.html).toContain('Tom &amp; Jerry said<br>&quot;yes&quot;.');
  expect(mail.html).toContain('href="https://clips.example/campaigns/1"');
  expect(mail.html).toContain('Approved for “Autumn &lt;script&gt;”');
  expect(mail.html).not.toContain('<script>');
  expect(mail.headers['List-Unsubscribe']).toBe('<https://clips.example/account/alerts>');
});

test('it has the same Message-ID whenever it is sent, of the domain that sends it', () => {
  const { messageId } = composeMail(NOTICE, WHERE);
  expect(messageId).toBe('<0198c0de-0000-7000-8000-000000000001@clips.example>');
  expect(composeMail(NOTICE, WHERE).messageId).toBe(messageId);
  expect(composeMail(NOTICE, { ...WHERE, from: 'hello@mail.example' }).messageId).toMatch(/@mail\.example>$/);
});

test('a mail about an account keeps its whole address and cannot be unsubscribed from', () => {
  const link = { href: 'https://clips.example/reset?token=a&b', label: null };
  const mail = composeMail({ ...NOTICE, kind: 'account.reset_password', link }, WHERE);
  expect(mail.text).toContain('Open it in Clipmeter: https://clips.example/reset?token=a&b');
  expect(mail.html).toContain('href="https://clips.example/reset?token=a&amp;b"');
  expect(mail.headers).not.toHaveProperty('List-Unsubscribe');
  expect(mail.text).not.toContain('/account/alerts');
});

test('without a link there is none', () => {
  expect(composeMail({ ...NOTICE, kind: 'system.message', link: null }, WHERE).html).not.toContain('Open it');
});
