import { z } from 'zod';
import { clipRowSchema } from '#src/output/clip.ts';
import {
  campaignStatusSchema,
  countSchema,
  currencySchema,
  decimalSchema,
  liveCursorSchema,
  roleSchema,
} from '#src/output/scalar.ts';

export const viewerSchema = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
});

export const sessionSchema = z.object({
  viewer: viewerSchema.nullable(),
  /** 'simulated': every page says so. Null until the tracker has read anything. */
  viewsSource: z.enum(['simulated', 'real']).nullable(),
});

export const balanceSchema = z.object({
  kind: z.enum(['pending', 'available', 'reserved', 'paid']),
  campaignId: z.string().nullable(),
  campaignTitle: z.string().nullable(),
  campaignStatus: campaignStatusSchema.nullable(),
  balance: decimalSchema,
  version: countSchema,
});

export const mySummarySchema = z.object({
  currency: currencySchema,
  /** Sums of the balances below. `available` is the account of that name, nothing else. */
  pending: decimalSchema,
  available: decimalSchema,
  reserved: decimalSchema,
  paid: decimalSchema,
  balances: z.array(balanceSchema),
  /** The viewer's latest submissions with their campaigns, newest first, at most 100. */
  clips: z.array(
    clipRowSchema.extend({
      campaignTitle: z.string(),
      campaignStatus: campaignStatusSchema,
      approvalBlocked: z.string().nullable(),
    }),
  ),
  unreadNotifications: countSchema,
  cursor: liveCursorSchema,
});
