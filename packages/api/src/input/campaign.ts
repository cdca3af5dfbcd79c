import { CAMPAIGN_SORTS } from '@clipmeter/core/campaign-sort';
import { z } from 'zod';
import { amountSchema } from '#src/input/money.ts';
import { campaignStatusSchema, platformSchema } from '#src/output/scalar.ts';

export const idSchema = z.uuid();

export const campaignListInputSchema = z.object({
  status: z.array(campaignStatusSchema).max(6).optional(),
  platform: platformSchema.optional(),
  /** For 1,000 views, at least: on the platform if one is given, else on the one that pays best. */
  leastRate: amountSchema.optional(),
  sort: z.enum(CAMPAIGN_SORTS).default('newest'),
  /** Words of the title or the brand, or their beginnings. */
  search: z.string().trim().max(100).optional(),
  /** What admins have hidden, and nothing else. */
  archived: z.boolean().default(false),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(100).default(24),
});

export const newCampaignSchema = z.object({
  /** The caller may make the id (uuid): a repeat then answers with the campaign that exists. */
  id: idSchema.optional(),
  title: z.string().trim().min(1, 'Give the campaign a title.').max(120),
  description: z.string().trim().max(5000).default(''),
  brand: z.string().trim().min(1, 'Name the brand.').max(120),
  budget: amountSchema,
  ratePer1000: amountSchema,
  capPerClip: amountSchema.nullish(),
  minViews: z.int().min(0).max(1_000_000_000).default(0),
  platforms: z.array(platformSchema).min(1, 'Choose at least one platform.').max(4),
  startsAt: z.iso.datetime().nullish(),
  deadline: z.iso.datetime().nullish(),
});

export const topUpSchema = z.object({ id: idSchema, amount: amountSchema, fundingId: idSchema.optional() });
export const cancelSchema = z.object({ id: idSchema, note: z.string().trim().max(500).optional() });

export type CampaignListInput = z.infer<typeof campaignListInputSchema>;
export type NewCampaign = z.infer<typeof newCampaignSchema>;
