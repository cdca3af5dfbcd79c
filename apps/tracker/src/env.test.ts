import { describe, expect, test } from 'vitest';
import { allowedOrigins, readEnv } from '#src/env.ts';

const VALID = {
  DATABASE_URL: 'postgres://clipmeter@127.0.0.1:54329/clipmeter',
  BETTER_AUTH_SECRET: 'a secret of enough length, for a test',
  APIFY_TOKEN: 'token',
};

describe('the environment', () => {
  test('has a default for everything that can have one', () => {
    const env = readEnv(VALID);
    expect(env).toMatchObject({ host: '127.0.0.1', port: 3001, tickSeconds: 10, demo: false });
    expect(env.faultPoints.size).toBe(0);
  });

  test('limits spending to $5 a day while real money is spent, and not in the demo', () => {
    expect(readEnv(VALID).dailySpendLimitMicros).toBe(5_000_000n);
    expect(readEnv({ ...VALID, DAILY_SPEND_LIMIT_USD: '2.5' }).dailySpendLimitMicros).toBe(2_500_000n);
    expect(readEnv({ ...VALID, DEMO: '1' }).dailySpendLimitMicros).toBeNull();
  });

  test('says in one line everything that is wrong', () => {
    const wrong = { ...VALID, DATABASE_URL: 'mysql://x', TRACKER_PORT: '70000' };
    expect(() => readEnv(wrong)).toThrow(/^The tracker cannot start: DATABASE_URL: .*; TRACKER_PORT: [^\n]*$/);
  });

  test('shows metrics on a port of their own, on any, or nowhere', () => {
    const metricsPort = (METRICS_PORT?: string) => readEnv({ ...VALID, METRICS_PORT }).metricsPort;
    expect(metricsPort()).toBe(9464);
    expect(metricsPort('9500')).toBe(9500);
    expect(metricsPort('0')).toBe(0);
    expect(metricsPort('off')).toBeNull();
    expect(metricsPort('')).toBeNull();
    for (const wrong of ['none', '70000', '-1']) expect(() => metricsPort(wrong)).toThrow('METRICS_PORT');
  });

  test('sends mail where it is told to, in somebody’s name, or keeps it', () => {
    expect(readEnv(VALID).mail).toBeNull();
    const mail = { SMTP_URL: 'smtp://127.0.0.1:3025', MAIL_FROM: 'Clipmeter <clips@example.com>' };
    expect(readEnv({ ...VALID, ...mail }).mail).toEqual({ smtpUrl: mail.SMTP_URL, from: mail.MAIL_FROM });
    expect(() => readEnv({ ...VALID, ...mail, MAIL_FROM: '' })).toThrow('MAIL_FROM');
    expect(() => readEnv({ ...VALID, ...mail, MAIL_FROM: 'nobody' })).toThrow('MAIL_FROM');
    expect(() => readEnv({ ...VALID, ...mail, SMTP_URL: 'http://x' })).toThrow('SMTP_URL');
  });

  test('needs a platform to read', () => {
    expect(() => readEnv({ ...VALID, APIFY_TOKEN: '' })).toThrow('set APIFY_TOKEN or YOUTUBE_API_KEY');
  });

  test('takes no fault points in production', () => {
    const faulty = { ...VALID, FAULT_POINTS: 'settle:before-commit=kill' };
    expect(readEnv(faulty).faultPoints.get('settle:before-commit')).toEqual({ action: 'kill', passes: 0 });
    expect(() => readEnv({ ...faulty, NODE_ENV: 'production' })).toThrow('FAULT_POINTS');
  });

  test('takes no chunks that were chosen by hand in production', () => {
    expect(readEnv(VALID).chunkClips).toBeNull();
    expect(readEnv({ ...VALID, CHUNK_CLIPS: '2' }).chunkClips).toBe(2);
    expect(() => readEnv({ ...VALID, CHUNK_CLIPS: '2', NODE_ENV: 'production' })).toThrow('CHUNK_CLIPS');
  });
});

describe('allowed origins', () => {
  test('know localhost and 127.0.0.1 as one place', () => {
    expect(allowedOrigins('http://localhost:3000', [])).toEqual(['http://localhost:3000', 'http://127.0.0.1:3000']);
  });

  test('are no wider than what was named elsewhere', () => {
    expect(allowedOrigins('https://clips.example/app', ['https://admin.clips.example', ' '])).toEqual([
      'https://clips.example',
      'https://admin.clips.example',
    ]);
  });
});
