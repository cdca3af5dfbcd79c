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

export const topUpSchema = z.object({ id: idSchema, amount: amountSchema, fundingId: idSchema.optional() });
export const cancelSchema = z.object({ id: idSchema, note: z.string().trim().max(500).optional() });

export type CampaignListInput = z.infer<typeof campaignListInputSchema>;
