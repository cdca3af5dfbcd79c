import { z } from 'zod';
import { countSchema, decimalSchema, timeSchema } from '#src/output/scalar.ts';

export const CHART_RANGES = ['day', 'week', 'month', 'all'] as const;

/** Points are evenly spaced; where nothing was read `views` and `spent` are null: a gap, not a zero. */
export const chartSchema = z.object({
  bucketSeconds: countSchema,
  points: z.array(
    z.object({
      at: timeSchema,
      /** The sum over the campaign's clips of their latest views. */
      views: countSchema.nullable(),
      /** Spent in all, up to then. */
      spent: decimalSchema.nullable(),
    }),
  ),
});

export const markSchema = z.object({
  at: timeSchema,
  kind: z.enum(['status', 'funding', 'terms', 'approval']),
  /** One short sentence: "Completed: budget reached". */
  label: z.string(),
});

export const marksSchema = z.object({ marks: z.array(markSchema) });
