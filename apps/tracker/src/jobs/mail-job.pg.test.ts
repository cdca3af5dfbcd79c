import { newId } from '@clipmeter/db/new-id';
import { type NewNotification, notifyUsers } from '@clipmeter/db/notify-users';
import { chooseMail } from '@clipmeter/db/transact-notification';
import { withTransaction } from '@clipmeter/db/transaction';
import { createWorld } from '@clipmeter/testing/settlement-world';
import { createTestDatabase, type TestDatabase } from '@clipmeter/testing/test-database';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMailJob } from '#src/jobs/mail-job.ts';
import { deadMailServer, type MailServer, openMailServer } from '#src/mail/mail-server.fixture.ts';
import { createSmtpMailer, type Mailer } from '#src/mail/mailer.ts';

const MINUTE_MS = 60_000;
const log = pino({ level: 'silent' });
let database: TestDatabase;
let server: MailServer;
const mailers: Mailer[] = [];
let nowMs = Date.now();
const now = () => new Date(nowMs);

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  server = await openMailServer();
  await database.pool.query('DELETE FROM mails');
});
afterEach(async () => {
  for (const mailer of mailers.splice(0)) mailer.close();
  await server.close();
});
afterAll(() => database.drop());

function jobFor(url: string) {
  const mailer = createSmtpMailer(url);
  mailers.push(mailer);
  const from = 'Clipmeter <hello@clips.example>';
  return createMailJob({ pool: database.pool, log, now, mailer, from, publicUrl: 'https://clips.example' });
}
const run = (url = server.url) => jobFor(url).handle({}, new AbortController().signal);
const later = (ms: number) => {
  nowMs += ms;
};

async function givenPerson({ verified = true } = {}): Promise<{ userId: string; email: string }> {
  const userId = await createWorld(database.pool).addUser('CLIPPER');
  const { rows } = await database.pool.query<{ email: string }>(
    'UPDATE users SET email_verified = $2 WHERE id = $1 RETURNING email',
    [userId, verified],
  );
  return { userId, email: rows[0]?.email ?? '' };
}

const approved = (userId: string, cause: string = newId()): NewNotification => ({
  userId,
  kind: 'submission.approved',
  cause,
  title: 'Approved for Autumn',
  body: 'It counts from 10 views.',
  link: '/campaigns/1',
});
const notify = (...notices: NewNotification[]) =>
  withTransaction(database.pool, (tx) => notifyUsers(tx, notices, now()));
const mails = async () =>
  (
    await database.pool.query<{ to_address: string; attempts: number; sent: boolean; failed: boolean; error: string }>(
      `SELECT to_address, attempts, sent_at IS NOT NULL AS sent, failed_at IS NOT NULL AS failed, last_error AS error
       FROM mails ORDER BY id`,
    )
  ).rows;
const openAlerts = async () =>
  (await database.pool.query<{ message: string }>('SELECT message FROM alerts WHERE resolved_at IS NULL')).rows.map(
    ({ message }) => message,
  );

test('a notice is mailed once, however often its cause and the job come again', async () => {
  const { userId, email } = await givenPerson();
  const notice = approved(userId);
  await notify(notice);
  await notify(notice);
  await run();
  await run();
  expect(server.received).toEqual([
    expect.objectContaining({ to: email, from: expect.stringContaining('hello@clips.example'), subject: notice.title }),
  ]);
  expect(server.received[0]?.text).toContain('https://clips.example/campaigns/1');
  expect(server.received[0]?.unsubscribe).toContain('https://clips.example/account/alerts');
});

test('two trackers at once send each mail once', async () => {
  const people = await Promise.all(Array.from({ length: 9 }, () => givenPerson()));
  await notify(...people.map(({ userId }) => approved(userId)));
  await Promise.all([run(), run(), run()]);
  expect(server.received.map(({ to }) => to).sort()).toEqual(people.map(({ email }) => email).sort());
});

test('nobody is mailed who said no, who is suspended, or whose address is not proved', async () => {
  const [unwilling, suspended, unproved, newcomer] = [
    await givenPerson(),
    await givenPerson(),
    await givenPerson({ verified: false }),
    await givenPerson(),
  ];
  await withTransaction(database.pool, (tx) =>
    chooseMail(tx, { userId: unwilling.userId, group: 'submissions', mail: false, at: now() }),
  );
  await database.pool.query('UPDATE users SET suspended_at = now() WHERE id = $1', [suspended.userId]);
  await notify(...[unwilling, suspended, unproved].map(({ userId }) => approved(userId)));
  // Not mailed until one asks for it.
  const started = { kind: 'campaign.started', cause: newId() } as const;
  await notify({ ...approved(newcomer.userId), ...started }, { ...approved(unwilling.userId), ...started });
  expect(await mails()).toEqual([]);
  await withTransaction(database.pool, (tx) =>
    chooseMail(tx, { userId: newcomer.userId, group: 'campaign_started', mail: true, at: now() }),
  );
  await notify({ ...approved(newcomer.userId), kind: 'campaign.started', cause: newId() });
  expect(await mails()).toMatchObject([{ to_address: newcomer.email }]);
});

test('a mail that is not taken now waits longer each time, and goes out when it is', async () => {
  const { userId } = await givenPerson();
  await notify(approved(userId));
  server.refuseRecipients(() => ({ code: 450, text: 'try later' }));
  await run();
  expect(await mails()).toMatchObject([
    { attempts: 1, sent: false, failed: false, error: expect.stringContaining('try later') },
  ]);
  await run(); // its time has not come
  later(11_000);
  await run();
  expect(await mails()).toMatchObject([{ attempts: 2 }]);
  server.refuseRecipients(() => null);
  later(30_000);
  await run();
  expect(server.received).toEqual([]);
  later(MINUTE_MS);
  await run();
  expect(server.received).toHaveLength(1);
  expect(await mails()).toMatchObject([{ attempts: 3, sent: true }]);
});

test('an address that nobody takes is given up, and holds nobody else up', async () => {
  const [gone, there] = [await givenPerson(), await givenPerson()];
  await notify(approved(gone.userId), approved(there.userId));
  server.refuseRecipients((address) => (address === gone.email ? { code: 550, text: `no ${address} here` } : null));
  await run();
  expect(server.received.map(({ to }) => to)).toEqual([there.email]);
  const failed = (await mails()).find((mail) => mail.to_address === gone.email);
  expect(failed).toMatchObject({ failed: true, attempts: 1 });
  expect(failed?.error).not.toContain(gone.email);
});

test('a server that is away costs no mail, and is an alert after a while and until one goes out', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => givenPerson()));
  await notify(...people.map(({ userId }) => approved(userId)));
  const dead = await deadMailServer();
  await run(dead);
  expect(await openAlerts()).toEqual([]);
  later(11 * MINUTE_MS);
  await run(dead);
  expect(await openAlerts()).toEqual([expect.stringMatching(/^6 mails wait\. The server last said: /)]);
  later(11 * MINUTE_MS);
  await run();
  expect(server.received).toHaveLength(6);
  expect(await openAlerts()).toEqual([]);
});

test('a sender that the server does not want is our fault, and gives no mail up', async () => {
  const { userId } = await givenPerson();
  await notify(approved(userId));
  server.refuseSender({ code: 553, text: 'not from you' });
  await run();
  expect(await mails()).toMatchObject([{ failed: false, attempts: 1 }]);
  server.refuseSender(null);
  later(11_000);
  await run();
  expect(server.received).toHaveLength(1);
});

test('a mail that a dead tracker had in hand is sent again, under the same Message-ID', async () => {
  const { userId } = await givenPerson();
  await notify(approved(userId));
  await run();
  // As if it had died between the server's yes and its own note of it.
  await database.pool.query("UPDATE mails SET sent_at = NULL, lease_until = $1::timestamptz + interval '1 minute'", [
    now(),
  ]);
  await run();
  expect(server.received).toHaveLength(1);
  later(2 * MINUTE_MS);
  await run();
  expect(server.received).toHaveLength(2);
  expect(server.received[1]?.messageId).toBe(server.received[0]?.messageId);
});

test('what is three days old is not sent any more, and a link that holds a secret is forgotten', async () => {
  const { userId } = await givenPerson();
  await notify(approved(userId));
  await database.pool.query("UPDATE mails SET link = 'https://clips.example/reset?token=secret'");
  later(73 * 60 * MINUTE_MS);
  await run();
  expect(server.received).toEqual([]);
  expect(await mails()).toMatchObject([{ failed: true, attempts: 0 }]);
  const { rows } = await database.pool.query('SELECT link FROM mails');
  expect(rows).toEqual([{ link: null }]);
});
