import { type Auth, createAuth } from '@clipmeter/api/auth';
import { readSession } from '@clipmeter/api/session';
import type { ProviderSet } from '@clipmeter/api/sign-in-providers';
import { createPrisma } from '@clipmeter/db/prisma';
import { createApiWorld } from '#src/api-world.ts';

export const ORIGIN = 'http://localhost:4300';
export const PASSWORD = 'correct horse battery';

/** Sign-in over a database of its own, asked as browsers ask. */
export async function createAuthWorld(providers: ProviderSet = {}) {
  const api = await createApiWorld();
  const prisma = createPrisma(api.db.url);
  const options = { prisma, pool: api.db.pool, now: api.world.now, baseURL: ORIGIN, trustLoopback: true, providers };
  const create = (): Auth => createAuth({ ...options, secret: 'a secret of the tests, long enough' });
  const auth = create();
  let address = 0;

  /** From a page of ours; each time from another address, unless one is said. */
  function post(path: string, body: object, { cookie = '', from }: { cookie?: string; from?: string } = {}) {
    address += 1;
    const headers = {
      'content-type': 'application/json',
      origin: ORIGIN,
      cookie,
      'x-forwarded-for': from ?? `192.0.2.${address}`,
    };
    return auth.handler(
      new Request(`${ORIGIN}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
  }

  /** Follows a link as a click does. */
  const open = (url: string, cookie = '') =>
    auth.handler(new Request(new URL(url, ORIGIN), { headers: { cookie, 'x-forwarded-for': '198.51.100.1' } }));

  const signIn = (email: string, password = PASSWORD, from?: string) =>
    post('/sign-in/email', { email, password }, from === undefined ? {} : { from });

  async function signUp(email: string, name = 'Ann'): Promise<string> {
    const response = await post('/sign-up/email', { name, email, password: PASSWORD });
    if (!response.ok) throw new Error(`no account for ${email}: ${await response.text()}`);
    return cookieOf(response);
  }

  /** The newest mail of a kind to an address. */
  async function mailTo(email: string, kind: string): Promise<{ subject: string; body: string; link: string }> {
    const { rows } = await api.db.pool.query<{ subject: string; body: string; link: string }>(
      'SELECT subject, body, link FROM mails WHERE to_address = $1 AND kind = $2 ORDER BY id DESC LIMIT 1',
      [email, kind],
    );
    const [mail] = rows;
    if (mail === undefined) throw new Error(`no ${kind} to ${email}`);
    return mail;
  }

  async function countMails(email: string): Promise<number> {
    const { rows } = await api.db.pool.query<{ mails: number }>(
      'SELECT count(*)::int AS mails FROM mails WHERE to_address = $1',
      [email],
    );
    return rows[0]?.mails ?? 0;
  }

  const sessionOf = (cookie: string) => readSession(auth, new Headers({ cookie }));
  async function drop(): Promise<void> {
    await prisma.$disconnect();
    await api.db.drop();
  }
  return { api, auth, create, post, open, signIn, signUp, mailTo, countMails, sessionOf, drop };
}

export type AuthWorld = Awaited<ReturnType<typeof createAuthWorld>>;

export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
