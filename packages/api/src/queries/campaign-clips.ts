import { readRankedClips } from '@clipmeter/db/read-clips';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import { toClipRow } from '#src/output/clip-row.ts';
import { visibleCampaign } from '#src/queries/visible-campaign.ts';

/** A campaign's clips by rank, as the viewer may see them. */
export function campaignClips({ pool, viewer }: SignedInContext, { id, limit }: { id: string; limit: number }) {
  return readSnapshot(pool, async (tx) => {
    await visibleCampaign(tx, viewer, id);
    const { clips, total } = await readRankedClips(tx, { campaignId: id, viewerId: viewer.userId, limit });
    return { items: clips.map((clip) => toClipRow(clip, viewer)), total };
  });
}
