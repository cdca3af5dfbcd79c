import { z } from 'zod';
import { platformStatusSchema } from '#src/output/platform-status.ts';
import {
  campaignStatusSchema,
  completionReasonSchema,
  countSchema,
  currencySchema,
  decimalSchema,
  liveCursorSchema,
  platformSchema,
  timeSchema,
} from '#src/output/scalar.ts';

/** What a card and a budget bar need; the same fields as the event `campaign.changed`, which replaces them. */
export const campaignCardSchema = z.object({
  id: z.string(),
  version: countSchema,
  title: z.string(),
  brand: z.string(),
  platforms: z.array(platformSchema),
  status: campaignStatusSchema,
  currency: currencySchema,
  ratePer1000: decimalSchema,
  /** Where a platform pays another rate. */
  rates: z.array(z.object({ platform: platformSchema, ratePer1000: decimalSchema })),
  /** Served at /api/images/ID. */
  imageId: z.string().nullable(),
  /** Hidden from lists since then. */
  archivedAt: timeSchema.nullable(),
  budget: decimalSchema,
  spent: decimalSchema,
  /** Until the next reads: a forecast, in no sum. */
  expected: decimalSchema,
  left: decimalSchema,
  closing: z.boolean(),
  startsAt: timeSchema.nullable(),
  deadline: timeSchema.nullable(),
  completedAt: timeSchema.nullable(),
  completionReason: completionReasonSchema.nullable(),
  /** A finished campaign's pending has become available; until then screens say "releasing". */
  released: z.boolean(),
  clipsCount: countSchema,
  createdAt: timeSchema,
});

export const campaignListSchema = z.object({
  items: z.array(campaignCardSchema),
  /** For the next page; null on the last one. */
  nextCursor: z.string().nullable(),
  cursor: liveCursorSchema,
});

/** A forecast, in no sum: the slower and the faster half of the time looked back over, as amounts a day. */
const campaignPaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('early') }),
  z.object({ kind: z.literal('still') }),
  z.object({ kind: z.literal('moving'), slowPerDay: decimalSchema, fastPerDay: decimalSchema }),
]);

const campaignRulesSchema = campaignCardSchema.extend({
  description: z.string(),
  capPerClip: decimalSchema.nullable(),
  minViews: countSchema,
  /** What a clip has to fulfil, a line each. */
  requirements: z.string(),
});

/** For anybody with the link. */
export const campaignPreviewSchema = z.object({ campaign: campaignRulesSchema, cursor: liveCursorSchema });

export const campaignPageSchema = z.object({
  campaign: campaignRulesSchema.extend({ materialUrl: z.string().nullable() }),
  /** How fast the budget goes: of the last day, or since the start if that is later. Null: it does not run. */
  pace: campaignPaceSchema.nullable(),
  totals: z.object({ clips: countSchema, views: countSchema, growth: countSchema, clippers: countSchema }),
  /** The viewer's own share. `credited` is lifetime in this campaign, `pending` the balance of that account. */
  mine: z.object({ clips: countSchema, credited: decimalSchema, pending: decimalSchema, pendingVersion: countSchema }),
  /** Those of the campaign's platforms that are not OK. */
  latePlatforms: z.array(platformStatusSchema),
  cursor: liveCursorSchema,
});

/** After an operation: enough to show where the campaign stands; the live stream brings the rest. */
export const campaignChangedSchema = z.object({ id: z.string(), status: campaignStatusSchema, closing: z.boolean() });

export type CampaignCard = z.infer<typeof campaignCardSchema>;
export type CampaignPage = z.infer<typeof campaignPageSchema>;
export type CampaignPace = z.infer<typeof campaignPaceSchema>;
