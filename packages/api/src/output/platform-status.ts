import { z } from 'zod';
import { countSchema, liveCursorSchema, platformSchema, timeSchema } from '#src/output/scalar.ts';

export const platformStatusSchema = z.object({
  platform: platformSchema,
  status: z.enum(['OK', 'DELAYED', 'STOPPED']),
  since: timeSchema,
  reason: z.string().nullable(),
  version: countSchema,
});

export const platformsStatusSchema = z.object({ platforms: z.array(platformStatusSchema), cursor: liveCursorSchema });
