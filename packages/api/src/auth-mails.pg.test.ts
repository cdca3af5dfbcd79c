import { takeAttempt } from '@clipmeter/db/rate-limit';
import { withTransaction } from '@clipmeter/db/transaction';
import { type AuthWorld, cookieOf, createAuthWorld } from '@clipmeter/testing/auth-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const NEW_PASSWORD = 'another good password';

let world: AuthWorld;
beforeAll(async () => {
  world = await createAuthWorld();
});
afterAll(() => world.drop());

async function isConfirmed(email: string): Promise<boolean | undefined> {
  const { rows } = await world.api.db.pool.query<{ confirmed: boolean }>(
    'SELECT email_verified AS confirmed FROM users WHERE email = $1',
    [email],
  );
  return rows[0]?.confirmed;
}

/** As an attempt does, without the time that a password takes. */
function takeSignIn(key: string): Promise<void> {
  const { db, world: clock } = world.api;
  return withTransaction(db.pool, (tx) => takeAttempt(tx, 'signIn', key, clock.now()));
}

describe('an address', () => {
  it('is confirmed by the link that signing up mails to it, and open pages learn of it', async () => {
    await world.signUp('ann@example.com');
    expect(await isConfirmed('ann@example.com')).toBe(false);
    const { link } = await world.mailTo('ann@example.com', 'account.verify_email');
    const response = await world.open(link);
    expect([response.status, response.headers.get('location')]).toEqual([302, '/confirm-email']);
    expect(await isConfirmed('ann@example.com')).toBe(true);
    const { rows } = await world.api.db.pool.query(
      "SELECT e.topic FROM events e JOIN users u ON e.topic = 'user:' || u.id WHERE e.type = 'profile.changed' AND u.email = $1",
      ['ann@example.com'],
    );
    expect(rows).toHaveLength(1);
  });

  it('is not confirmed by a link that somebody made up', async () => {
    await world.signUp('bob@example.com');
    const { link } = await world.mailTo('bob@example.com', 'account.verify_email');
    const response = await world.open(link.replace(/token=[^&]+/, 'token=made.up.token'));
    expect(response.headers.get('location')).toContain('/confirm-email?error=INVALID_TOKEN');
    expect(await isConfirmed('bob@example.com')).toBe(false);
  });

  it('gets another mail when it asks, and a sixth within an hour only later', async () => {
    const cookie = await world.signUp('carl@example.com');
    const ask = () => world.post('/send-verification-email', { email: 'carl@example.com' }, { cookie });
    for (let n = 0; n < 5; n += 1) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      message: 'Too many requests for a confirmation mail. Try again in 60 minutes.',
    });
    world.api.world.advance(3_600_000);
    expect((await ask()).status).toBe(200);
  });

  it('that was confirmed is changed by its owner and by whoever reads the new one, not by either alone', async () => {
    const cookie = await world.signUp('dora@example.com');
    await world.open((await world.mailTo('dora@example.com', 'account.verify_email')).link);
    const asked = await world.post(
      '/change-email',
      { newEmail: 'dora@new.example', callbackURL: '/account' },
      { cookie },
    );
    expect(asked.status).toBe(200);
    expect(await world.countMails('dora@new.example')).toBe(0);
    const change = await world.mailTo('dora@example.com', 'account.change_email');
    expect(change.body).toContain('dora@new.example');
    await world.open(change.link, cookie);
    expect(await isConfirmed('dora@example.com')).toBe(true);
    await world.open((await world.mailTo('dora@new.example', 'account.verify_email')).link, cookie);
    expect(await isConfirmed('dora@example.com')).toBeUndefined();
    expect(await isConfirmed('dora@new.example')).toBe(true);
  });

  it('that was never confirmed is replaced at once, and the new one has to be confirmed', async () => {
    const cookie = await world.signUp('typo@exmaple.com');
    await world.post('/change-email', { newEmail: 'typo@example.com' }, { cookie });
    expect(await isConfirmed('typo@exmaple.com')).toBeUndefined();
    expect(await isConfirmed('typo@example.com')).toBe(false);
    await world.open((await world.mailTo('typo@example.com', 'account.verify_email')).link);
    expect(await isConfirmed('typo@example.com')).toBe(true);
  });
});

describe('a password', () => {
  it('is chosen anew by the link of a mail, once; every sign-in ends and the owner is told', async () => {
    const cookie = await world.signUp('fred@example.com');
    await world.post('/request-password-reset', { email: 'Fred@Example.com' });
    const { link } = await world.mailTo('fred@example.com', 'account.reset_password');
    const token = new URL(link, 'http://here.invalid').searchParams.get('token');
    const reset = () => world.post('/reset-password', { newPassword: NEW_PASSWORD, token });
    expect((await reset()).status).toBe(200);
    expect((await reset()).status).toBe(400);
    expect(await world.sessionOf(cookie)).toBeNull();
    expect((await world.signIn('fred@example.com')).status).toBe(401);
    expect((await world.signIn('fred@example.com', NEW_PASSWORD)).status).toBe(200);
    expect((await world.mailTo('fred@example.com', 'account.password_changed')).subject).toBe(
      'Your password was changed',
    );
  });

  it('is asked for three times an hour, and nobody learns whether the address has an account', async () => {
    await world.signUp('gina@example.com');
    const answers = async (email: string) => {
      const statuses: unknown[] = [];
      for (let n = 0; n < 4; n += 1) {
        const response = await world.post('/request-password-reset', { email });
        statuses.push([response.status, await response.json()]);
      }
      return statuses;
    };
    const known = await answers('gina@example.com');
    expect(known).toEqual(await answers('nobody@example.com'));
    expect(known.map((answer) => Array.isArray(answer) && answer[0])).toEqual([200, 200, 200, 429]);
    expect(await world.countMails('gina@example.com')).toBe(1 + 3);
    expect(await world.countMails('nobody@example.com')).toBe(0);
  });

  it('is changed by whoever knows it, and every other sign-in ends', async () => {
    const other = await world.signUp('hugo@example.com');
    const cookie = cookieOf(await world.signIn('hugo@example.com'));
    const change = (currentPassword: string) =>
      world.post('/change-password', { currentPassword, newPassword: NEW_PASSWORD }, { cookie });
    expect((await change('not the password')).status).toBe(400);
    const changed = await change('correct horse battery');
    expect(changed.status).toBe(200);
    expect(await world.sessionOf(other)).toBeNull();
    expect(await world.sessionOf(cookie)).not.toBeNull(); // its open pages go on
    expect((await world.mailTo('hugo@example.com', 'account.password_changed')).link).toBe('/forgot-password');
  });

  it('cannot be guessed at by whoever found an open session', async () => {
    const cookie = await world.signUp('ida@example.com');
    const guess = () =>
      world.post(
        '/change-password',
        { currentPassword: 'not the password', newPassword: NEW_PASSWORD },
        { cookie, from: '203.0.113.5' },
      );
    expect((await guess()).status).toBe(400);
    for (let n = 1; n < 10; n += 1) await takeSignIn('ida@example.com 203.0.113.5');
    expect((await guess()).status).toBe(429);
  });
});
