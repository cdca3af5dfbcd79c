import { CHECK_OUTCOMES } from '@clipmeter/core/account-proof';
import { z } from 'zod';
import { countSchema, liveCursorSchema, platformSchema, timeSchema } from '#src/output/scalar.ts';

/** A clipper's own account on a platform. What it means is for `accountState` of core to say. */
export const socialAccountSchema = z.object({
  accountId: z.string(),
  platform: platformSchema,
  handle: z.string(),
  displayName: z.string().nullable(),
  /** What goes into the bio; null once it is proved. */
  code: z.string().nullable(),
  codeExpiresAt: timeSchema.nullable(),
  attempts: countSchema,
  verifiedAt: timeSchema.nullable(),
  checkRequestedAt: timeSchema.nullable(),
  checkedAt: timeSchema.nullable(),
  checkOutcome: z.enum(CHECK_OUTCOMES).nullable(),
  createdAt: timeSchema,
  version: countSchema,
});

export type SocialAccountView = z.infer<typeof socialAccountSchema>;

export const socialAccountListSchema = z.object({ items: z.array(socialAccountSchema), cursor: liveCursorSchema });
