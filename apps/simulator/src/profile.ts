import { z } from 'zod';
import { platformSchema } from '#src/platform.ts';

/** An account on a platform: its id never changes, its bio is where a proof of ownership goes. */
export const profileSchema = z.object({
  platform: platformSchema,
  id: z.string(),
  handle: z.string(),
  name: z.string(),
  bio: z.string(),
  followers: z.number(),
});

export type Profile = z.infer<typeof profileSchema>;

/** What can be edited on a profile. */
export const profileChangeSchema = z
  .object({
    bio: z.string().max(2_000).optional(),
    name: z.string().max(200).optional(),
    followers: z.number().int().min(0).optional(),
  })
  .strict();

export type ProfileChange = z.infer<typeof profileChangeSchema>;
