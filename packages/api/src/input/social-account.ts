import { z } from 'zod';
import { idSchema } from '#src/input/campaign.ts';
import { platformSchema } from '#src/output/scalar.ts';

export const addSocialAccountSchema = z.object({
  /** The caller may make the id (uuid): a repeat then answers with the account that exists. */
  id: idSchema.optional(),
  platform: platformSchema,
  /** A handle, with or without "@", or the address of the profile. */
  handle: z.string().trim().min(1, 'Type the handle of your profile.').max(300),
});

export const ownSocialAccountSchema = z.object({ id: idSchema });
