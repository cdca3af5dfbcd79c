import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NewMail, queueMails } from '#src/mail-outbox.ts';
import { withTransaction } from '#src/transaction.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const mail = (change: Partial<NewMail>): NewMail => ({
  userId: null,
  to: 'mara@example.test',
  kind: 'submission.approved',
  cause: 'one',
  subject: 'Approved for “Autumn, {part 1}”',
  body: 'It counts from 10 views, "as read".\n\nC:\\clips',
  link: { href: '/campaigns/1?a={b}', label: 'Open the campaign' },
  ...change,
});
const queue = (...mails: NewMail[]) => withTransaction(database.pool, (tx) => queueMails(tx, mails, NOW));

test('a mail is written once for an address, kind and cause, with any text as it is', async () => {
  expect(await queue(mail({}), mail({ cause: 'two', link: null }), mail({ to: 'jonas@example.test' }))).toBe(3);
  expect(await queue(mail({ subject: 'again' }), mail({ cause: 'three' }))).toBe(1);

  const { rows } = await database.pool.query(
    `SELECT subject, body, link, link_label, attempts, next_attempt_at, sent_at FROM mails WHERE cause = 'one' AND to_address = $1`,
    ['mara@example.test'],
  );
  const { subject, body, link } = mail({});
  expect(rows).toEqual([
    { subject, body, link: link?.href, link_label: link?.label, attempts: 0, next_attempt_at: NOW, sent_at: null },
  ]);
});

test('a mail is gone with the transaction that would have caused it', async () => {
  const failed = withTransaction(database.pool, async (tx) => {
    await queueMails(tx, [mail({ cause: 'lost' })], NOW);
    throw new Error('undone');
  });
  await expect(failed).rejects.toThrow('undone');
  const { rows } = await database.pool.query(`SELECT FROM mails WHERE cause = 'lost'`);
  expect(rows).toEqual([]);
});
