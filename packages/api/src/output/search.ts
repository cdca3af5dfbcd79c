import { z } from 'zod';
import {
  campaignStatusSchema,
  currencySchema,
  decimalSchema,
  platformSchema,
  roleSchema,
  submissionStatusSchema,
} from '#src/output/scalar.ts';

/** The newest few of each kind. */
export const foundSchema = z.object({
  people: z.array(
    z.object({ id: z.string(), name: z.string(), email: z.string(), role: roleSchema, suspended: z.boolean() }),
  ),
  campaigns: z.array(z.object({ id: z.string(), title: z.string(), brand: z.string(), status: campaignStatusSchema })),
  clips: z.array(
    z.object({
      id: z.string(),
      submissionId: z.string(),
      status: submissionStatusSchema,
      platform: platformSchema,
      title: z.string(),
      authorHandle: z.string().nullable(),
      campaignTitle: z.string(),
    }),
  ),
  payouts: z.array(
    z.object({
      id: z.string(),
      userId: z.string(),
      userName: z.string(),
      gross: decimalSchema,
      currency: currencySchema,
      status: z.string(),
    }),
  ),
});
