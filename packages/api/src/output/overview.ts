import { z } from 'zod';
import { countSchema, currencySchema, decimalSchema, liveCursorSchema, timeSchema } from '#src/output/scalar.ts';
import { alertRowSchema } from '#src/output/tracker.ts';

/** What an admin has before them, in figures. */
export const overviewSchema = z.object({
  currency: currencySchema,
  /** Of all clips that were ever approved. */
  views: countSchema,
  /** Views that counted: growth since each clip's approval. */
  growth: countSchema,
  clips: countSchema,
  clippers: z.object({ earning: countSchema, all: countSchema }),
  spent: decimalSchema,
  /** In the last 24 hours. */
  spentToday: decimalSchema,
  /** What campaigns that run, or are paused, have left. */
  left: decimalSchema,
  /** spent ÷ growth × 1,000; null while nothing counted. Below the rate: caps, minimums and falls. */
  costPer1000: decimalSchema.nullable(),
  /** What each campaign that may still pay has spent: events move the sum by these. */
  openSpend: z.array(z.object({ id: z.string(), spent: decimalSchema, version: countSchema })),
  campaigns: z.object({ drafts: countSchema, scheduled: countSchema, active: countSchema, paused: countSchema }),
  queues: z.object({
    /** Submissions that wait for an admin, that wait for their first read after a yes, and clips on hold. */
    waiting: countSchema,
    asked: countSchema,
    held: countSchema,
  }),
  /** Open ones, the latest seen first. */
  alerts: z.array(alertRowSchema),
  cursor: liveCursorSchema,
});

/** news: what people did and what the tracker changed; credits, which are many, apart. */
export const ACTIVITY_SHOWN = ['news', 'money', 'all'] as const;

export const activitySchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      /** act: somebody did it. change: the tracker did. money: a settlement credited something. */
      kind: z.enum(['act', 'change', 'money']),
      at: timeSchema,
      /** `noun.verb` of an act; the status that a change led to. */
      action: z.string(),
      actor: z.object({ id: z.string(), name: z.string() }).nullable(),
      subjectKind: z.string(),
      subjectId: z.string(),
      subjectName: z.string().nullable(),
      campaign: z.object({ id: z.string(), title: z.string() }).nullable(),
      reason: z.string().nullable(),
      amount: decimalSchema.nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});
