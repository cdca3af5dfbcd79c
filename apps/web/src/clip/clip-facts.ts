import type { ClipFacts } from '@clipmeter/core/clip-state';
import { parseMicros } from '@clipmeter/core/money';
import type { CampaignCard, ClipRow, OwnClip, PlatformStatus } from '#src/client/outputs.ts';

/** What a clip's state follows from in its campaign. */
export type CampaignStanding = Pick<CampaignCard, 'status' | 'completionReason' | 'released'>;

/** A clip as rows of lists have it. */
export type ShownClip = Pick<
  ClipRow,
  | 'status'
  | 'platform'
  | 'availability'
  | 'views'
  | 'initialViews'
  | 'doubtful'
  | 'standing'
  | 'credited'
  | 'lastReadAt'
  | 'grewAt'
>;

/** The campaign of a clip that brings it along. */
export const standingOf = (clip: OwnClip): CampaignStanding => ({
  status: clip.campaignStatus,
  completionReason: clip.campaignCompletionReason,
  released: clip.campaignReleased,
});

/** What core/clip-state decides from; null while there are no terms, and for clips of others. */
export function clipFactsOf(
  clip: ShownClip,
  campaign: CampaignStanding,
  platformStatus: PlatformStatus['status'],
): ClipFacts | null {
  const { status, standing, initialViews, credited } = clip;
  if ((status !== 'APPROVED' && status !== 'REVOKED') || standing === null || initialViews === null) return null;
  return {
    status,
    platform: clip.platform,
    availability: clip.availability,
    views: BigInt(clip.views),
    terms: {
      initialViews: BigInt(initialViews),
      ratePer1000Micros: parseMicros(standing.ratePer1000),
      capMicros: standing.cap === null ? null : parseMicros(standing.cap),
      minViews: BigInt(standing.minViews),
      carriedMicros: parseMicros(standing.carried),
    },
    creditedMicros: parseMicros(credited ?? '0'),
    heldReason: standing.heldReason,
    isDoubtful: clip.doubtful,
    revokedReason: standing.revokedReason,
    isStill: isStill(clip.lastReadAt, clip.grewAt, standing.approvedAt),
    platformStatus,
    campaign,
  };
}

/** Whether the last read, one after the approval, found no more views than were known. */
function isStill(lastReadAt: string | null, grewAt: string | null, approvedAt: string): boolean {
  if (lastReadAt === null || grewAt === null) return false;
  const readMs = Date.parse(lastReadAt);
  return readMs > Date.parse(grewAt) && readMs > Date.parse(approvedAt);
}
