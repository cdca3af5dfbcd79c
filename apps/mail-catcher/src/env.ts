import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const envSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Where mails are handed in. */
  MAIL_SMTP_PORT: port.default(3025),
  /** Where they are read. */
  MAIL_PAGE_PORT: port.default(3003),
});

export type Env = z.infer<typeof envSchema>;

/** The environment, checked; throws an Error whose message is one line a variable. */
export function readEnv(variables: NodeJS.ProcessEnv): Env {
  // A variable that is set to nothing means the same as one that is not set.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}
