import { z } from 'zod';
import { ownClipSchema } from '#src/output/clip.ts';
import {
  campaignStatusSchema,
  countSchema,
  currencySchema,
  decimalSchema,
  liveCursorSchema,
  roleSchema,
  timeSchema,
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
  /** When it ends at the latest: what is pending here becomes available then. */
  campaignDeadline: timeSchema.nullable(),
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
  /** All four, and the fees of payouts: what was earned in all, less what was reversed. */
  lifetime: decimalSchema,
  /** Fees of payouts so far: earned, and in no balance. */
  fees: decimalSchema,
  balances: z.array(balanceSchema),
  totals: z.object({
    clips: countSchema,
    views: countSchema,
    /** Views that counted: growth since each clip's approval. */
    growth: countSchema,
    /** Submissions that wait for an admin. */
    waiting: countSchema,
  }),
  unreadNotifications: countSchema,
  cursor: liveCursorSchema,
});

/** One's own clips that were approved, the latest first. */
export const myClipsSchema = z.object({
  items: z.array(ownClipSchema),
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});
