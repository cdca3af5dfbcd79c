import { type Micros, parseMicros } from '@clipmeter/core/money';
import { INSTAGRAM_ACTOR_IDS, type InstagramActorId } from '@clipmeter/platforms/create-readers';
import { z } from 'zod';
import { type FaultPoints, parseFaultPoints } from '#src/fault-points.ts';

/** What the tracker was told by its environment, checked and in the program's own terms. */
export interface Env {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** Where Prometheus asks; 0: any that is free, null: nowhere. */
  readonly metricsPort: number | null;
  readonly publicUrl: string;
  readonly authSecret: string;
  /** Origins that may open a socket. */
  readonly allowedOrigins: readonly string[];
  readonly apify: { readonly token: string; readonly baseUrl?: string } | null;
  readonly youtube: { readonly apiKey: string; readonly baseUrl?: string } | null;
  /** Which of Instagram's actors is asked. */
  readonly instagramActor: InstagramActorId;
  /** Views are simulated and reading them costs nothing. */
  readonly demo: boolean;
  /** Null: no limit, because no real money is spent. */
  readonly dailySpendLimitMicros: Micros | null;
  readonly tickSeconds: number;
  /** How long a start whose answer was lost may take to appear, before a second one is allowed. */
  readonly adoptWaitMs: number;
  readonly alertWebhookUrl: string | null;
  /** Where mails go; null: they wait. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  readonly logLevel: string;
  readonly faultPoints: FaultPoints;
  /** Clips a transaction of a closing round or a release at most; null: as many as are quick. */
  readonly chunkClips: number | null;
}

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const seconds = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

const metricsPort = z.union([z.enum(['', 'off']).transform(() => null), z.coerce.number().int().min(0).max(65_535)], {
  error: 'must be a port, 0 for any that is free, or off',
});

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }),
  HOST: z.string().min(1).default('127.0.0.1'),
  TRACKER_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  METRICS_PORT: metricsPort.default(9464),
  PUBLIC_URL: httpUrl.default('http://localhost:3000'),
  BETTER_AUTH_SECRET: z.string().min(32, 'must be at least 32 characters'),
  ALLOWED_ORIGINS: z.string().default(''),
  APIFY_TOKEN: optional(z.string()),
  APIFY_BASE_URL: optional(httpUrl),
  INSTAGRAM_ACTOR: optional(z.enum(INSTAGRAM_ACTOR_IDS)),
  YOUTUBE_API_KEY: optional(z.string()),
  YOUTUBE_BASE_URL: optional(httpUrl),
  DEMO: z.enum(['', '0', '1']).default(''),
  DAILY_SPEND_LIMIT_USD: optional(z.string().regex(/^\d+(\.\d{1,6})?$/, 'must be dollars, such as 5 or 2.50')),
  TICK_SECONDS: seconds(10, 3600),
  ADOPT_WAIT_SECONDS: seconds(60, 3600),
  ALERT_WEBHOOK_URL: optional(httpUrl),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' })),
  MAIL_FROM: optional(
    z
      .string()
      .regex(/^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'must be an address, such as Clipmeter <clips@example.com>'),
  ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().default('development'),
  FAULT_POINTS: z.string().default(''),
  CHUNK_CLIPS: optional(z.coerce.number().int().min(1)),
});

/** The limit while real money is spent and nobody said otherwise. */
const DEFAULT_DAILY_LIMIT_USD = '5';

/**
 * Reads the environment once. This is the only file of the tracker that looks at it.
 *
 * @throws Error with one line that names what is wrong
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const parsed = environment.safeParse(source);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The tracker cannot start: ${wrong.join('; ')}`);
  }
  const values = parsed.data;
  const demo = values.DEMO === '1';
  const { SMTP_URL: smtpUrl, MAIL_FROM: from } = values;
  if (smtpUrl !== undefined && from === undefined) {
    throw new Error('The tracker cannot start: SMTP_URL is set and MAIL_FROM is not: say whom mails come from');
  }
  for (const name of ['FAULT_POINTS', 'CHUNK_CLIPS'] as const) {
    if (values[name] && values.NODE_ENV === 'production')
      throw new Error(`The tracker cannot start: ${name} is for tests and must not be set in production`);
  }
  if (values.APIFY_TOKEN === undefined && values.YOUTUBE_API_KEY === undefined) {
    throw new Error('The tracker cannot start: set APIFY_TOKEN or YOUTUBE_API_KEY, or it has no platform to read');
  }
  const limitUsd = values.DAILY_SPEND_LIMIT_USD ?? (demo ? undefined : DEFAULT_DAILY_LIMIT_USD);
  return {
    databaseUrl: values.DATABASE_URL,
    host: values.HOST,
    port: values.TRACKER_PORT,
    metricsPort: values.METRICS_PORT,
    publicUrl: values.PUBLIC_URL,
    authSecret: values.BETTER_AUTH_SECRET,
    allowedOrigins: allowedOrigins(values.PUBLIC_URL, values.ALLOWED_ORIGINS.split(',')),
    apify: values.APIFY_TOKEN === undefined ? null : { token: values.APIFY_TOKEN, ...base(values.APIFY_BASE_URL) },
    youtube:
      values.YOUTUBE_API_KEY === undefined
        ? null
        : { apiKey: values.YOUTUBE_API_KEY, ...base(values.YOUTUBE_BASE_URL) },
    instagramActor: values.INSTAGRAM_ACTOR ?? 'apify/instagram-reel-scraper',
    demo,
    dailySpendLimitMicros: limitUsd === undefined ? null : parseMicros(limitUsd),
    tickSeconds: values.TICK_SECONDS,
    adoptWaitMs: values.ADOPT_WAIT_SECONDS * 1000,
    alertWebhookUrl: values.ALERT_WEBHOOK_URL ?? null,
    mail: smtpUrl === undefined || from === undefined ? null : { smtpUrl, from },
    logLevel: values.LOG_LEVEL,
    faultPoints: parseFaultPoints(values.FAULT_POINTS),
    chunkClips: values.CHUNK_CLIPS ?? null,
  };
}

function base(baseUrl: string | undefined): { baseUrl?: string } {
  return baseUrl === undefined ? {} : { baseUrl };
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1'];

/** The public address and what was named beside it. At home localhost and 127.0.0.1 are the same place. */
export function allowedOrigins(publicUrl: string, named: readonly string[]): readonly string[] {
  const origins = new Set<string>();
  for (const text of [publicUrl, ...named]) {
    if (text.trim() === '') continue;
    const url = new URL(text.trim());
    origins.add(url.origin);
    if (!LOOPBACK_NAMES.includes(url.hostname)) continue;
    for (const name of LOOPBACK_NAMES) origins.add(`${url.protocol}//${name}${url.port === '' ? '' : `:${url.port}`}`);
  }
  return [...origins];
}
