import { createPrisma } from '@clipmeter/db/prisma';
import { takeAttempt } from '@clipmeter/db/rate-limit';
import { withTransaction } from '@clipmeter/db/transaction';
import { type ApiWorld, createApiWorld } from '@clipmeter/testing/api-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Auth, createAuth } from '#src/auth.ts';
import { createUser } from '#src/operations/create-user.ts';
import { offerFirstAdmin } from '#src/operations/first-admin-link.ts';
import { readSession } from '#src/session.ts';

const PASSWORD = 'correct horse battery';

let api: ApiWorld;
let prisma: ReturnType<typeof createPrisma>;
let auth: Auth;

beforeAll(async () => {
  api = await createApiWorld();
  prisma = createPrisma(api.db.url);
  auth = createAuth({
    prisma,
    pool: api.db.pool,
    now: api.world.now,
    secret: 'a secret of the tests, long enough',
    baseURL: 'http://localhost:4300',
    trustLoopback: true,
  });
});
afterAll(async () => {
  await prisma.$disconnect();
  await api.db.drop();
});

let address = 0;

/** A request as a browser sends it from a page of `origin`, each from an address of its own. */
function post(path: string, body: object, origin = 'http://localhost:4300', cookie = ''): Promise<Response> {
  address += 1;
  const headers = { 'content-type': 'application/json', origin, cookie, 'x-forwarded-for': `192.0.2.${address}` };
  return auth.handler(
    new Request(`${origin}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  );
}

const signIn = (email: string, origin?: string) => post('/sign-in/email', { email, password: PASSWORD }, origin);

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

const sessionOf = (cookie: string) => readSession(auth, new Headers({ cookie }));

describe('an account', () => {
  it('is a clipper’s, in lower case, under an id that sorts by time', async () => {
    const response = await post('/sign-up/email', { name: 'Ann', email: 'Ann@Example.COM', password: PASSWORD });
    expect(response.status).toBe(200);
    const { rows } = await api.db.pool.query("SELECT id, email, role FROM users WHERE email = 'ann@example.com'");
    expect(rows).toMatchObject([{ role: 'CLIPPER', id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) }]);
    expect(await sessionOf(cookieOf(response))).toMatchObject({
      viewer: { role: 'CLIPPER', email: 'ann@example.com' },
    });
  });

  it('cannot give itself a role', async () => {
    await post('/sign-up/email', { name: 'Eve', email: 'eve@example.com', password: PASSWORD, role: 'ADMIN' });
    const { rows } = await api.db.pool.query("SELECT role FROM users WHERE email = 'eve@example.com'");
    expect(rows.filter((row) => row.role === 'ADMIN')).toEqual([]);
    const cookie = cookieOf(await signIn('ann@example.com'));
    await post('/update-user', { role: 'ADMIN' }, undefined, cookie);
    expect(await sessionOf(cookie)).toMatchObject({ viewer: { role: 'CLIPPER' } });
  });

  it.each(['http://localhost:4300', 'http://127.0.0.1:4301', 'http://localhost:3000'])(
    'signs in from %s',
    async (origin) => {
      const response = await signIn('ann@example.com', origin);
      expect(response.status).toBe(200);
      for (const cookie of response.headers.getSetCookie()) {
        expect(cookie).not.toMatch(/domain=/i);
        expect(cookie).not.toMatch(/secure/i);
        expect(cookie).toMatch(/httponly/i);
      }
      expect(await sessionOf(cookieOf(response))).not.toBeNull();
    },
  );

  it('does not sign in from a page of somebody else', async () => {
    expect(
      (await post('/sign-in/email', { email: 'ann@example.com', password: PASSWORD }, 'http://evil.example', 'a=b'))
        .status,
    ).toBe(403);
  });

  it('cannot sign in while it is suspended, nor go on with a session', async () => {
    const cookie = cookieOf(await signIn('ann@example.com'));
    await api.db.pool.query("UPDATE users SET suspended_at = now() WHERE email = 'ann@example.com'");
    const refused = await signIn('ann@example.com');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ message: 'This account is suspended.' });
    expect(await sessionOf(cookie)).toBeNull();
    await api.db.pool.query("UPDATE users SET suspended_at = NULL WHERE email = 'ann@example.com'");
  });

  it('cannot be guessed at without end', async () => {
    const guess = (password = 'a wrong password') =>
      auth.handler(
        new Request('http://localhost:4300/api/auth/sign-in/email', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            origin: 'http://localhost:4300',
            'x-forwarded-for': '198.51.100.7',
          },
          body: JSON.stringify({ email: 'ann@example.com', password }),
        }),
      );
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await guess()).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    const refused = await guess('correct horse battery');
    expect([refused.status, await refused.json()]).toMatchObject([
      429,
      { message: 'Too many attempts to sign in. Try again in 15 minutes.' },
    ]);
    // From elsewhere its owner gets in, and an account and address that typed right begin anew.
    expect((await signIn('ann@example.com')).status).toBe(200);
    api.world.advance(900_000);
    expect((await guess('correct horse battery')).status).toBe(200);
    const key = 'ann@example.com 198.51.100.7';
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await withTransaction(api.db.pool, (tx) => takeAttempt(tx, 'signIn', key, api.world.now()));
    }
    expect((await guess()).status).toBe(429);
  });
});

describe('another secret', () => {
  it('ends every session and nothing else: who signs in again is who they were', async () => {
    const options = {
      prisma,
      pool: api.db.pool,
      secret: 'the next secret, long enough as well',
      baseURL: 'http://localhost:4300',
    };
    const next = createAuth(options);
    const cookie = cookieOf(await signIn('ann@example.com'));
    const before = await sessionOf(cookie);
    expect(before).not.toBeNull();
    expect(await readSession(next, new Headers({ cookie }))).toBeNull();
    const again = await next.api.signInEmail({
      body: { email: 'ann@example.com', password: PASSWORD },
      asResponse: true,
    });
    const after = await readSession(next, new Headers({ cookie: cookieOf(again) }));
    expect(after?.viewer.userId).toBe(before?.viewer.userId);
    expect(await sessionOf(cookieOf(again))).toBeNull(); // a process that still has the old one refuses the new cookie
  });
});

describe('the first admin', () => {
  it('is whoever claims the printed link first, once', async () => {
    const deps = { pool: api.db.pool, now: api.world.now };
    const stale = await offerFirstAdmin(deps);
    const offer = await offerFirstAdmin(deps);
    const claim = (token = '') =>
      api.as(null).setup.claimFirstAdmin({ token, name: 'Ada', email: 'Ada@example.com', password: PASSWORD });
    await expect(claim(stale?.token)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const results = await Promise.allSettled([claim(offer?.token), claim(offer?.token)]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await sessionOf(cookieOf(await signIn('ada@example.com')))).toMatchObject({ viewer: { role: 'ADMIN' } });
    expect(await offerFirstAdmin(deps)).toBeNull();
  });

  it('cannot be claimed an hour later', async () => {
    await api.db.ownerPool.query(
      `ALTER TABLE users DISABLE TRIGGER users_keep_an_admin; UPDATE users SET role = 'CLIPPER'; ALTER TABLE users ENABLE TRIGGER users_keep_an_admin`,
    );
    const deps = { pool: api.db.pool, now: api.world.now };
    const offer = await offerFirstAdmin(deps);
    api.world.advance(3_600_000);
    const late = api
      .as(null)
      .setup.claimFirstAdmin({ token: offer?.token ?? '', name: 'Eve', email: 'late@example.com', password: PASSWORD });
    await expect(late).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is the only one who needs a link: the system makes accounts of any role', async () => {
    const deps = { pool: api.db.pool, now: api.world.now };
    const made = await createUser(deps, null, {
      name: 'Demo',
      email: 'Demo@Example.com',
      password: PASSWORD,
      role: 'CLIPPER',
    });
    expect(await sessionOf(cookieOf(await signIn('demo@example.com')))).toMatchObject({
      viewer: { userId: made.userId },
    });
    await expect(
      createUser(deps, null, { name: 'Demo', email: 'demo@example.com', password: PASSWORD, role: 'ADMIN' }),
    ).rejects.toThrow('That email address has an account already.');
  });
});
