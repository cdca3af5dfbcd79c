import { type AuthWorld, cookieOf, createAuthWorld, ORIGIN } from '@clipmeter/testing/auth-world';
import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const KEYS = { clientId: 'clipmeter', clientSecret: 'a secret of ours' };

const begunSchema = z.object({ url: z.url() });

/** What each provider's own addresses are called, and how it says who somebody is. */
const PROVIDERS = [
  {
    provider: 'discord',
    endpoints: { authorize: '/oauth2/authorize', token: '/api/oauth2/token', userinfo: '/api/users/%40me' }, // the same as @me, as it is sent
    profile: (email: string, verified = true) => ({
      id: `d-${email}`,
      username: 'mara',
      global_name: 'Mara',
      email,
      verified,
    }),
  },
  {
    provider: 'google',
    endpoints: { authorize: '/o/oauth2/v2/auth', token: '/token', userinfo: '/v1/userinfo' },
    profile: (email: string, verified = true) => ({ sub: `g-${email}`, name: 'Mara', email, email_verified: verified }),
  },
] as const;

const servers = PROVIDERS.map(({ endpoints }) => new OAuth2Server(undefined, undefined, { endpoints }));
let world: AuthWorld;

beforeAll(async () => {
  for (const server of servers) {
    await server.issuer.keys.generate('RS256');
    await server.start(0, '127.0.0.1');
  }
  const [discord, google] = servers.map((server) => ({
    ...KEYS,
    baseUrl: `http://127.0.0.1:${server.address().port}`,
  }));
  world = await createAuthWorld({ ...(discord && { discord }), ...(google && { google }) });
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await world.drop();
});

describe.each(PROVIDERS)('signing in with $provider', ({ provider, profile }) => {
  const server = servers[PROVIDERS.findIndex((one) => one.provider === provider)];

  /** The whole way of a browser: to the provider with our state, back with its code. Answers where it ends, and as whom. */
  async function signIn(body: object, status = 200): Promise<{ location: string | null; cookie: string }> {
    server?.service.once('beforeUserinfo', (response: { body: object; statusCode: number }) => {
      response.body = body;
      response.statusCode = status;
    });
    const begun = await world.post('/sign-in/social', { provider, callbackURL: '/home', errorCallbackURL: '/sign-in' });
    const { url } = begunSchema.parse(await begun.json());
    const asked = await fetch(url, { redirect: 'manual' });
    const back = asked.headers.get('location') ?? '';
    expect(back).toMatch(new RegExp(`^${ORIGIN}/api/auth/callback/${provider}\\?`));
    const ended = await world.open(back, cookieOf(begun));
    server?.service.removeAllListeners('beforeUserinfo');
    return { location: ended.headers.get('location'), cookie: cookieOf(ended) };
  }

  it('makes a clipper whose address is confirmed, and finds them again', async () => {
    const email = `new@${provider}.example`;
    const first = await signIn(profile(email));
    expect(first.location).toBe('/home');
    const session = await world.sessionOf(first.cookie);
    expect(session).toMatchObject({ viewer: { name: 'Mara', email, role: 'CLIPPER' } });
    const again = await signIn(profile(email));
    expect((await world.sessionOf(again.cookie))?.viewer.userId).toBe(session?.viewer.userId);
    const { rows } = await world.api.db.pool.query(
      `SELECT u.email_verified, a.access_token, a.refresh_token, a.id_token FROM accounts a JOIN users u ON u.id = a.user_id
       WHERE u.email = $1`,
      [email],
    );
    expect(rows).toEqual([{ email_verified: true, access_token: null, refresh_token: null, id_token: null }]);
    expect(await world.countMails(email)).toBe(0);
  });

  it('reaches an account with a password only if both have confirmed the address', async () => {
    const email = `known@${provider}.example`;
    await world.signUp(email);
    expect((await signIn(profile(email))).location).toBe('/sign-in?error=account_not_linked');
    await world.open((await world.mailTo(email, 'account.verify_email')).link);
    expect((await signIn(profile(email, false))).location).toBe('/sign-in?error=account_not_linked');
    expect(await world.sessionOf((await signIn(profile(email))).cookie)).toMatchObject({ viewer: { email } });
  });

  it('is refused to the suspended, with a word that the page has a sentence for', async () => {
    const email = `gone@${provider}.example`;
    await signIn(profile(email));
    await world.api.db.pool.query('UPDATE users SET suspended_at = now() WHERE email = $1', [email]);
    const { location, cookie } = await signIn(profile(email));
    expect(location).toContain('/sign-in?error=ACCOUNT_SUSPENDED');
    expect(await world.sessionOf(cookie)).toBeNull();
  });

  it('ends on the sign-in page when the provider does not say who it is', async () => {
    expect((await signIn({ error: 'no' }, 500)).location).toMatch(/^\/sign-in\?error=/);
  });
});

it('without keys there is nobody else to ask', async () => {
  const alone = await createAuthWorld();
  expect((await alone.post('/sign-in/social', { provider: 'google', callbackURL: '/home' })).status).toBe(404);
  await alone.drop();
});
