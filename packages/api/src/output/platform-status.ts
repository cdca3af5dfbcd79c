import { platformNotice } from '@clipmeter/core/platform-notice';
import type { PlatformStateRow } from '@clipmeter/db/read-platforms';
import { z } from 'zod';
import { countSchema, liveCursorSchema, platformSchema, timeSchema } from '#src/output/scalar.ts';

export const platformStatusSchema = z.object({
  platform: platformSchema,
  status: z.enum(['OK', 'DELAYED', 'STOPPED']),
  since: timeSchema,
  /** In words for every user; admins see in the tracker's overview what the platform said. */
  reason: z.string().nullable(),
  version: countSchema,
});

export const platformsStatusSchema = z.object({ platforms: z.array(platformStatusSchema), cursor: liveCursorSchema });

/** A platform's state as every user may see it. */
export function toPlatformStatus(state: PlatformStateRow): z.infer<typeof platformStatusSchema> {
  return { ...state, reason: platformNotice(state.platform, state.status) };
}
