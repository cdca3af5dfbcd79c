import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
const optionalText = z
  .string()
  .optional()
  .transform((text) => text?.trim() || undefined);

const portsSchema = z.object({
  WEB_PORT: port.default(3000),
  TRACKER_PORT: port.default(3001),
  SIMULATOR_PORT: port.default(3002),
  POSTGRES_PORT: port.default(54_329),
  MAIL_SMTP_PORT: port.default(3025),
  MAIL_PAGE_PORT: port.default(3003),
});

const settingsSchema = portsSchema.extend({
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: optionalText,
  DEMO: z
    .enum(['0', '1', ''])
    .optional()
    .transform((text) => (text ? text === '1' : undefined)),
  APIFY_TOKEN: optionalText,
  SMTP_URL: optionalText,
  MAIL_FROM: optionalText,
});

/**
 * Variables that say what a start works on. Tests take them out first: whatever is set in somebody's shell, a test never
 * touches their database and never spends their money.
 */
export const startVariables = [
  ...portsSchema.keyof().options,
  'METRICS_PORT',
  'HOST',
  'DATABASE_URL',
  'DEMO',
  'PUBLIC_URL',
  'TRACKER_URL',
  'ALLOWED_ORIGINS',
  'APIFY_TOKEN',
  'APIFY_BASE_URL',
  'YOUTUBE_API_KEY',
  'YOUTUBE_BASE_URL',
  'ALERT_WEBHOOK_URL',
  'SMTP_URL',
  'MAIL_FROM',
  'DISCORD_CLIENT_ID',
  'DISCORD_CLIENT_SECRET',
  'DISCORD_BASE_URL',
  'GOOGLE_CLIENT_ID',
  'GOOGLE_CLIENT_SECRET',
  'GOOGLE_BASE_URL',
] as const;

/** The ports a start takes, by the variable that sets each. */
export const portNames = [
  'WEB_PORT',
  'TRACKER_PORT',
  'SIMULATOR_PORT',
  'POSTGRES_PORT',
  'MAIL_SMTP_PORT',
  'MAIL_PAGE_PORT',
] as const;
export type PortName = (typeof portNames)[number];

export interface Settings {
  host: string;
  ports: Record<PortName, number>;
  /** Somebody's own database; without it the embedded one is used. */
  databaseUrl: string | undefined;
  /** Simulated platforms and demo data. */
  demo: boolean;
  apifyToken: string | undefined;
  /** Somebody's own mail server; without it a catcher takes the mails and shows them. */
  mail: { smtpUrl: string; from: string } | undefined;
}

/** A mistake in how the start was asked for: its message is all that the user needs. */
export class StartError extends Error {}

/**
 * Reads what the environment says about this start.
 *
 * @throws StartError with one line that names each wrong variable
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const { HOST, DATABASE_URL, DEMO, APIFY_TOKEN, SMTP_URL, MAIL_FROM, ...ports } = parse(settingsSchema, env);
  const settings: Settings = {
    host: HOST,
    ports,
    databaseUrl: DATABASE_URL,
    // Somebody's own database gets demo data only when it is asked for.
    demo: DEMO ?? DATABASE_URL === undefined,
    apifyToken: APIFY_TOKEN,
    mail: mailOf(SMTP_URL, MAIL_FROM),
  };
  if (!settings.demo && settings.apifyToken === undefined) {
    throw new StartError(
      'Reading real views needs APIFY_TOKEN, and it is not set. Set it, or DEMO=1 for simulated platforms and demo data.',
    );
  }
  return settings;
}

/**
 * The ports alone, for what needs no more.
 *
 * @throws StartError
 */
export function readPorts(env: NodeJS.ProcessEnv): Settings['ports'] {
  return parse(portsSchema, env);
}

/** Which ports this start will listen on. */
export function portsInUse(settings: Settings): PortName[] {
  return portNames.filter((name) => {
    if (name === 'SIMULATOR_PORT') return settings.demo;
    if (name === 'POSTGRES_PORT') return settings.databaseUrl === undefined;
    if (name === 'MAIL_SMTP_PORT' || name === 'MAIL_PAGE_PORT') return settings.mail === undefined;
    return true;
  });
}

/** What backup and restore say where they cannot help. */
export const OWN_DATABASE =
  'This is for the database that npm start brings. DATABASE_URL is set: back that one up with pg_dump, pg_basebackup or ' +
  'your provider’s snapshots (docs/operate.md, “Backups and restores”).';

/** The address of a database without its password, for people to read. */
export function nameDatabase(url: string): string {
  try {
    const { hostname, port: databasePort, pathname, username } = new URL(url);
    const user = username ? `${decodeURIComponent(username)}@` : '';
    return `${user}${hostname || 'localhost'}${databasePort ? `:${databasePort}` : ''}${pathname}`;
  } catch {
    throw new StartError('DATABASE_URL is not an address like postgresql://user:password@host:5432/name.');
  }
}

function mailOf(smtpUrl: string | undefined, from: string | undefined): Settings['mail'] {
  if (smtpUrl === undefined) return undefined;
  if (from !== undefined) return { smtpUrl, from };
  throw new StartError(
    'SMTP_URL is set and MAIL_FROM is not: say whom mails come from, such as "Clips <clips@example.com>".',
  );
}

function parse<T>(schema: z.ZodType<T>, env: NodeJS.ProcessEnv): T {
  const read = schema.safeParse(env);
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new StartError(`These variables cannot be used: ${wrong.join('; ')}.`);
}
