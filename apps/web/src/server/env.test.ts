import { expect, test } from 'vitest';
import { providerKeys, readEnv } from '#src/server/env.ts';

const good = { DATABASE_URL: 'postgres://ada:hidden@127.0.0.1:5432/clips', BETTER_AUTH_SECRET: 's'.repeat(32) };

test('a start needs a database and a secret, and the rest has defaults', () => {
  expect(readEnv({ ...good, PUBLIC_URL: '', DEMO: '' })).toMatchObject({
    WEB_PORT: 3000,
    TRACKER_PORT: 3001,
    DEMO: false,
    DEMO_ACCOUNTS: [],
    ALLOWED_ORIGINS: [],
    CRON_WAIT_SECONDS: 240,
  });
  expect(readEnv({ ...good, CRON_SECRET: '', CRON_WAIT_SECONDS: '' })).toMatchObject({
    CRON_SECRET: [],
    CRON_WAIT_SECONDS: 240,
  });
});

test('one line names every variable that is wrong, and no value of them', () => {
  const read = () => readEnv({ ...good, TRACKER_PORT: '70000', DEMO_ACCOUNTS: '{oops', BETTER_AUTH_SECRET: 'short' });
  expect(read).toThrow(/BETTER_AUTH_SECRET.*TRACKER_PORT.*DEMO_ACCOUNTS/);
  expect(read).not.toThrow(/short|hidden|oops/);
});

test('accounts of the demo and further origins are lists', () => {
  const account = { name: 'Ada', email: 'ada@demo.example', password: 'generated', role: 'ADMIN' };
  const env = readEnv({ ...good, DEMO_ACCOUNTS: JSON.stringify([account]), ALLOWED_ORIGINS: ' https://a.example, ' });
  expect(env.DEMO_ACCOUNTS).toEqual([account]);
  expect(env.ALLOWED_ORIGINS).toEqual(['https://a.example']);
});

test('the socket is at an address or at a path of the page’s own origin, and nothing else', () => {
  for (const TRACKER_URL of ['wss://clips.example.com/trpc', '/trpc']) {
    expect(readEnv({ ...good, TRACKER_URL }).TRACKER_URL).toBe(TRACKER_URL);
  }
  for (const TRACKER_URL of ['https://clips.example.com/trpc', 'trpc', '/trpc; img-src *']) {
    expect(() => readEnv({ ...good, TRACKER_URL })).toThrow('TRACKER_URL');
  }
});

test('the secret of the cron trigger may be several while it is changed, each long enough', () => {
  const secrets = ['o'.repeat(16), 'n'.repeat(16)];
  expect(readEnv({ ...good, CRON_SECRET: secrets.join(', ') }).CRON_SECRET).toEqual(secrets);
  expect(() => readEnv({ ...good, CRON_SECRET: `${secrets[0]},short` })).toThrow('CRON_SECRET');
});

test('a provider is offered when both of its keys are set, and half a pair stops the start', () => {
  const keys = { DISCORD_CLIENT_ID: 'id', DISCORD_CLIENT_SECRET: 'secret', GOOGLE_CLIENT_ID: '' };
  expect(providerKeys(readEnv({ ...good, ...keys }))).toEqual({ discord: { clientId: 'id', clientSecret: 'secret' } });
  expect(providerKeys(readEnv(good))).toEqual({});
  expect(() => readEnv({ ...good, GOOGLE_CLIENT_ID: 'id' })).toThrow('GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET');
});
