import { z } from 'zod';
import { countSchema, liveCursorSchema, timeSchema } from '#src/output/scalar.ts';

export const profileSchema = z.object({
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  hasPassword: z.boolean(),
  /** Who else says who they are: "discord". */
  providers: z.array(z.string()),
  cursor: liveCursorSchema,
});

export const signInListSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      /** What its browser claims to be. */
      device: z.string(),
      kind: z.enum(['phone', 'computer', 'unknown']),
      /** Null: nobody knows. */
      address: z.string().nullable(),
      since: timeSchema,
      expiresAt: timeSchema,
      /** The one that asks. */
      isThis: z.boolean(),
    }),
  ),
  cursor: liveCursorSchema,
});

export const endedSchema = z.object({ ended: countSchema });
export const renamedSchema = z.object({ name: z.string() });
