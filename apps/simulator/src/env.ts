import { z } from 'zod';

const envSchema = z.object({
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(3_002),
  HOST: z.string().min(1).default('127.0.0.1'),
  SIMULATOR_STATE: z.string().min(1).optional(),
  SIMULATOR_SPEED: z.coerce.number().min(0).max(1_000_000).optional(),
  SIMULATOR_SEED: z.string().min(1).default('clipmeter'),
  SIMULATOR_RUN_MS: z.coerce.number().int().min(0).max(3_600_000).default(1_500),
  SIMULATOR_YOUTUBE_UNITS: z.coerce.number().int().min(0).default(10_000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
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
