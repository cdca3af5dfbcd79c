import { z } from 'zod';

/** As long as better-auth asks of everyone else. */
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;

/** What somebody is called: one line. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'Enter your name.')
  .max(100, 'Use at most 100 characters for the name.')
  .regex(/^\P{Cc}*$/u, 'Use a name of one line.');

export const firstAdminSchema = z.object({
  token: z.string().min(1).max(200),
  name: nameSchema,
  email: z.email('Enter an email address.').max(254),
  password: z
    .string()
    .min(PASSWORD_LENGTH_MIN, `Use at least ${PASSWORD_LENGTH_MIN} characters.`)
    .max(PASSWORD_LENGTH_MAX),
});
