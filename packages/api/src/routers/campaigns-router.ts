import { z } from 'zod';
import { campaignListInputSchema, cancelSchema, idSchema, topUpSchema } from '#src/input/campaign.ts';
import { duplicateSchema, editCampaignSchema, newCampaignSchema } from '#src/input/campaign-details.ts';
import { archiveCampaign } from '#src/operations/archive-campaign.ts';
import { cancelCampaign } from '#src/operations/cancel-campaign.ts';
import { completeCampaign } from '#src/operations/complete-campaign.ts';
import { createCampaign } from '#src/operations/create-campaign.ts';
import { duplicateCampaign } from '#src/operations/duplicate-campaign.ts';
import { editCampaign } from '#src/operations/edit-campaign.ts';
import { pauseCampaign } from '#src/operations/pause-campaign.ts';
import { publishCampaign } from '#src/operations/publish-campaign.ts';
import { resumeCampaign } from '#src/operations/resume-campaign.ts';
import { topUpCampaign } from '#src/operations/top-up-campaign.ts';
import {
  campaignChangedSchema,
  campaignListSchema,
  campaignPageSchema,
  campaignPreviewSchema,
} from '#src/output/campaign.ts';
import { CHART_RANGES, chartSchema, marksSchema } from '#src/output/chart.ts';
import { clipListSchema } from '#src/output/clip.ts';
import { adminProcedure, clipperProcedure, publicProcedure, router } from '#src/procedure.ts';
import { campaignChart, campaignMarks } from '#src/queries/campaign-chart.ts';
import { campaignClips } from '#src/queries/campaign-clips.ts';
import { campaignList } from '#src/queries/campaign-list.ts';
import { campaignPage } from '#src/queries/campaign-page.ts';
import { campaignPreview } from '#src/queries/campaign-preview.ts';

const byId = z.object({ id: idSchema });

export const campaignsRouter = router({
  /** Newest first; drafts are for admins. */
  list: clipperProcedure
    .input(campaignListInputSchema)
    .output(campaignListSchema)
    .query(({ ctx, input }) => campaignList(ctx, input)),
  byId: clipperProcedure
    .input(byId)
    .output(campaignPageSchema)
    .query(({ ctx, input }) => campaignPage(ctx, input)),
  /** The share link, opened by a stranger. */
  preview: publicProcedure
    .input(byId)
    .output(campaignPreviewSchema)
    .query(({ ctx, input }) => campaignPreview(ctx, input)),
  /** By rank: growth in this campaign. Clippers see earnings of their own clips only. */
  clips: clipperProcedure
    .input(byId.extend({ limit: z.int().min(1).max(100).default(50) }))
    .output(clipListSchema)
    .query(({ ctx, input }) => campaignClips(ctx, input)),
  chart: clipperProcedure
    .input(byId.extend({ range: z.enum(CHART_RANGES).default('week') }))
    .output(chartSchema)
    .query(({ ctx, input }) => campaignChart(ctx, input)),
  /** What is marked on the chart's axis: changes of status, top-ups, approvals. */
  marks: clipperProcedure
    .input(byId)
    .output(marksSchema)
    .query(({ ctx, input }) => campaignMarks(ctx, input)),

  create: adminProcedure
    .input(newCampaignSchema)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => createCampaign(ctx, ctx.viewer, input)),
  /** Only what changes. Approved clips keep their rate, cap and minimum. */
  edit: adminProcedure
    .input(editCampaignSchema)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => editCampaign(ctx, ctx.viewer, input)),
  /** A draft of what another says, without its times. */
  duplicate: adminProcedure
    .input(duplicateSchema)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => duplicateCampaign(ctx, ctx.viewer, input)),
  /** Hides a campaign that does not run from lists. It touches no money. */
  archive: adminProcedure
    .input(byId)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => archiveCampaign(ctx, ctx.viewer, { ...input, archived: true })),
  restore: adminProcedure
    .input(byId)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => archiveCampaign(ctx, ctx.viewer, { ...input, archived: false })),
  publish: adminProcedure
    .input(byId)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => publishCampaign(ctx, ctx.viewer, input)),
  pause: adminProcedure
    .input(byId)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => pauseCampaign(ctx, ctx.viewer, input)),
  resume: adminProcedure
    .input(byId)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => resumeCampaign(ctx, ctx.viewer, input)),
  /** Opens the closing round; the campaign is completed when it has ended. */
  complete: adminProcedure
    .input(byId)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => completeCampaign(ctx, ctx.viewer, input)),
  cancel: adminProcedure
    .input(cancelSchema)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => cancelCampaign(ctx, ctx.viewer, input)),
  topUp: adminProcedure
    .input(topUpSchema)
    .output(campaignChangedSchema)
    .mutation(({ ctx, input }) => topUpCampaign(ctx, ctx.viewer, input)),
});
