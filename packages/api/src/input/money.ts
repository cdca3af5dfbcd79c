import { z } from 'zod';

/** An amount of money as a user types it: digits with at most six decimals, above zero. */
export const amountSchema = z
  .string()
  .trim()
  .regex(/^\d{1,13}(\.\d{1,6})?$/, 'Enter an amount such as 1000 or 12.50.')
  .refine((text) => /[1-9]/.test(text), 'Enter an amount above zero.');
