import { z } from 'zod';
import {
  countSchema,
  currencySchema,
  decimalSchema,
  liveCursorSchema,
  roleSchema,
  timeSchema,
} from '#src/output/scalar.ts';

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  role: roleSchema,
  suspendedAt: timeSchema.nullable(),
  createdAt: timeSchema,
  submissions: countSchema,
  /** Pending, available, in payout and paid. */
  earned: decimalSchema,
});

export const personListSchema = z.object({
  currency: currencySchema,
  items: z.array(personSchema),
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});

export const personPageSchema = personSchema.extend({
  currency: currencySchema,
  /** Where they are signed in now. */
  signIns: countSchema,
  cursor: liveCursorSchema,
});

export const accessStandingSchema = z.object({ id: z.string(), role: roleSchema, suspended: z.boolean() });
