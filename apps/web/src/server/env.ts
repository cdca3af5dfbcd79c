import type { ProviderKeys, ProviderSet } from '@clipmeter/api/sign-in-providers';
import { z } from 'zod';

/** An account of the demo. Its password is made anew for each installation and never leaves the server. */
const demoAccountSchema = z.object({
  name: z.string().min(1),
  email: z.email(),
  password: z.string().min(1),
  role: z.enum(['CLIPPER', 'ADMIN']),
  /** One line for the button: what this account is good for. */
  note: z.string().optional(),
});

/** A variable that is set to nothing counts as not set. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** Values separated by commas; nothing is none. */
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''));

const portSchema = z.coerce.number().int().min(1).max(65_535);

const httpUrl = z.url({ protocol: /^https?$/ });

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  BETTER_AUTH_SECRET: z.string().min(32),
  WEB_PORT: portSchema.default(3000),
  /** Where browsers reach this server. */
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  TRACKER_PORT: portSchema.default(3001),
  /** Where browsers reach the tracker's socket, if it is not the page's own host at TRACKER_PORT; a path: on the page's origin. */
  TRACKER_URL: optional(z.union([z.url({ protocol: /^wss?$/ }), z.string().regex(/^\/[\w./-]*$/)])),
  /** Further origins that may sign in, separated by commas. */
  ALLOWED_ORIGINS: list,
  /**
   * What GET /api/cron/view-tracking takes as a bearer token: one, or while it is changed several, separated by commas.
   * Without any that address refuses everybody.
   */
  CRON_SECRET: list.pipe(z.array(z.string().min(16))),
  /** How long such a call waits for its round before it is told that the round still runs. */
  CRON_WAIT_SECONDS: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(3600).default(240),
  ),
  /** Keys of those who may say who somebody is; without both of a pair that one is not offered. */
  DISCORD_CLIENT_ID: optional(z.string()),
  DISCORD_CLIENT_SECRET: optional(z.string()),
  GOOGLE_CLIENT_ID: optional(z.string()),
  GOOGLE_CLIENT_SECRET: optional(z.string()),
  /** Stand-ins for them, for tests. */
  DISCORD_BASE_URL: optional(httpUrl),
  GOOGLE_BASE_URL: optional(httpUrl),
  /** Where a browser opens the simulator's page, which stands in for the platforms. */
  SIMULATOR_URL: optional(httpUrl),
  DEMO: optional(z.enum(['0', '1'])).transform((value) => value === '1'),
  DEMO_ACCOUNTS: z
    .string()
    .default('[]')
    .transform((text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(z.array(demoAccountSchema)),
});

export type Env = z.infer<typeof schema>;
export type DemoAccount = z.infer<typeof demoAccountSchema>;

let parsed: Env | undefined;

/** The environment, checked. Read when the server runs, never while it is built. */
export function env(): Env {
  parsed ??= readEnv(process.env);
  return parsed;
}

/** @throws Error with one line that names each missing or wrong variable. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const result = schema.safeParse(source);
  if (result.success) {
    providerKeys(result.data);
    return result.data;
  }
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`web cannot start, its environment is wrong: ${wrong.join('; ')}`);
}

/**
 * Who else may say who somebody is.
 *
 * @throws Error when half of a pair of keys is set
 */
export function providerKeys(values: Env): ProviderSet {
  const discord = pairOf('DISCORD', values.DISCORD_CLIENT_ID, values.DISCORD_CLIENT_SECRET, values.DISCORD_BASE_URL);
  const google = pairOf('GOOGLE', values.GOOGLE_CLIENT_ID, values.GOOGLE_CLIENT_SECRET, values.GOOGLE_BASE_URL);
  return { ...(discord && { discord }), ...(google && { google }) };
}

function pairOf(name: string, clientId?: string, clientSecret?: string, baseUrl?: string): ProviderKeys | undefined {
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret, baseUrl };
  if (clientId === undefined && clientSecret === undefined) return undefined;
  throw new Error(
    `web cannot start, its environment is wrong: ${name}_CLIENT_ID and ${name}_CLIENT_SECRET belong together`,
  );
}
