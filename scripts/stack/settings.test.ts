import { describe, expect, test } from 'vitest';
import { nameDatabase, portsInUse, readSettings } from './settings.ts';

describe('what a start is asked for', () => {
  test('by itself it is the demo, on the embedded Postgres and the usual ports', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ demo: true, databaseUrl: undefined, host: '127.0.0.1' });
    expect(settings.ports).toEqual({
      WEB_PORT: 3000,
      TRACKER_PORT: 3001,
      SIMULATOR_PORT: 3002,
      POSTGRES_PORT: 54_329,
      MAIL_SMTP_PORT: 3025,
      MAIL_PAGE_PORT: 3003,
    });
    expect(portsInUse(settings)).toEqual(Object.keys(settings.ports));
  });

  test('a database of their own gets neither simulator nor demo data', () => {
    const settings = readSettings({ DATABASE_URL: 'postgres://db.example/clips', APIFY_TOKEN: 'token' });
    expect(settings.demo).toBe(false);
    expect(portsInUse(settings)).toEqual(['WEB_PORT', 'TRACKER_PORT', 'MAIL_SMTP_PORT', 'MAIL_PAGE_PORT']);
  });

  test('a database of their own gets the demo when they ask for it', () => {
    expect(readSettings({ DATABASE_URL: 'postgres://db.example/clips', DEMO: '1' }).demo).toBe(true);
  });

  test('a mail server of their own is used in their name, and nothing catches mails then', () => {
    const own = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'clips@example.com' };
    const settings = readSettings(own);
    expect(settings.mail).toEqual({ smtpUrl: own.SMTP_URL, from: own.MAIL_FROM });
    expect(portsInUse(settings)).not.toContain('MAIL_SMTP_PORT');
    expect(() => readSettings({ SMTP_URL: own.SMTP_URL })).toThrow(/MAIL_FROM/);
  });

  test('real views cannot be read without a token, and the sentence says what to do', () => {
    expect(() => readSettings({ DATABASE_URL: 'postgres://db.example/clips' })).toThrow(/APIFY_TOKEN.*DEMO=1/);
    expect(() => readSettings({ DEMO: '0' })).toThrow(/APIFY_TOKEN/);
  });

  test('a port that is none is named', () => {
    expect(() => readSettings({ WEB_PORT: 'http' })).toThrow(/WEB_PORT/);
    expect(() => readSettings({ TRACKER_PORT: '70000' })).toThrow(/TRACKER_PORT/);
  });
});

test('a database is named without its password', () => {
  expect(nameDatabase('postgres://ada:s3cret@db.example:6543/clips?sslmode=require')).toBe('ada@db.example:6543/clips');
  expect(() => nameDatabase('clips')).toThrow(/postgresql:\/\//);
});
