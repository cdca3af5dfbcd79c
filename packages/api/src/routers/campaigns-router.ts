import { z } from 'zod';
import {
  campaignListInputSchema,
  cancelSchema,
  idSchema,
  newCampaignSchema,
  topUpSchema,
} from '#src/input/campaign.ts';
import { campaignChangedSchema, campaignListSchema, campaignPageSchema } from '#src/output/campaign.ts';
import { CHART_RANGES, chartSchema, marksSchema } from '#src/output/chart.ts';
import { clipListSchema } from '#src/output/clip.ts';
import { pending } from '#src/pending.ts';
import { adminProcedure, clipperProcedure, router } from '#src/procedure.ts';

const byId = z.object({ id: idSchema });

export const campaignsRouter = router({
  /** Newest first; drafts are for admins. */
  list: clipperProcedure.input(campaignListInputSchema).output(campaignListSchema).query(pending),
  byId: clipperProcedure.input(byId).output(campaignPageSchema).query(pending),
  /** By rank: growth in this campaign. Clippers see earnings of their own clips only. */
  clips: clipperProcedure
    .input(byId.extend({ limit: z.int().min(1).max(100).default(50) }))
    .output(clipListSchema)
    .query(pending),
  chart: clipperProcedure
    .input(byId.extend({ range: z.enum(CHART_RANGES).default('week') }))
    .output(chartSchema)
    .query(pending),
  /** What is marked on the chart's axis: changes of status, top-ups, approvals. */
  marks: clipperProcedure.input(byId).output(marksSchema).query(pending),

  create: adminProcedure.input(newCampaignSchema).output(campaignChangedSchema).mutation(pending),
  publish: adminProcedure.input(byId).output(campaignChangedSchema).mutation(pending),
  pause: adminProcedure.input(byId).output(campaignChangedSchema).mutation(pending),
  resume: adminProcedure.input(byId).output(campaignChangedSchema).mutation(pending),
  /** Opens the closing round; the campaign is completed when it has ended. */
  complete: adminProcedure.input(byId).output(campaignChangedSchema).mutation(pending),
  cancel: adminProcedure.input(cancelSchema).output(campaignChangedSchema).mutation(pending),
  topUp: adminProcedure.input(topUpSchema).output(campaignChangedSchema).mutation(pending),
});
