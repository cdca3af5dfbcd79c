import { z } from 'zod';
import { ownClipSchema } from '#src/output/clip.ts';
import { countSchema, decimalSchema, liveCursorSchema, metricSchema, timeSchema } from '#src/output/scalar.ts';

/** Views for which the budget had nothing left, and what they would have earned. */
const beyondSchema = z.object({ views: countSchema, amount: decimalSchema });

/** One clip with its money: its clipper and admins may see it. */
export const clipPageSchema = z.object({
  clip: ownClipSchema,
  /** Growth at the count it has now, by its terms; null before its approval. */
  earned: decimalSchema.nullable(),
  /** Once its campaign ended with its budget. */
  beyond: beyondSchema.nullable(),
  /** What an admin took back, newest first. */
  reversals: z.array(
    z.object({
      id: z.string(),
      at: timeSchema,
      amount: decimalSchema,
      /** pending: back to the campaign's budget; available: out of the system. */
      from: z.enum(['pending', 'available']),
      reason: z.string(),
    }),
  ),
  cursor: liveCursorSchema,
});

const snapshotSchema = z.object({ at: timeSchema, views: countSchema });

/** One credit: two snapshots, the terms, the arithmetic, the ledger entry. earned − creditedBefore = owed = amount + beyond. */
export const statementLineSchema = z.object({
  /** Of the ledger entry that moved it from the campaign's budget to the clipper's pending. */
  entryId: z.string(),
  at: timeSchema,
  amount: decimalSchema,
  /** The read that was credited before, or the baseline. */
  from: snapshotSchema,
  fromIsBaseline: z.boolean(),
  to: snapshotSchema,
  terms: z.object({
    /** 1 at the approval, one more for each re-base. */
    number: countSchema,
    metric: metricSchema,
    initialViews: countSchema,
    ratePer1000: decimalSchema,
    cap: decimalSchema.nullable(),
    minViews: countSchema,
    carried: decimalSchema,
  }),
  growth: countSchema,
  earned: decimalSchema,
  creditedBefore: decimalSchema,
  owed: decimalSchema,
  beyond: beyondSchema.nullable(),
  creditedAfter: decimalSchema,
  settlement: z.object({
    number: countSchema,
    closing: z.boolean(),
    leftBefore: decimalSchema,
    owedInAll: decimalSchema,
  }),
});

export const statementSchema = z.object({
  items: z.array(statementLineSchema),
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});

export type StatementLine = z.infer<typeof statementLineSchema>;
