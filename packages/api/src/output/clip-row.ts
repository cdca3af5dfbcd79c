import type { ClipRow as StoredClip } from '@clipmeter/db/read-clips';
import type { Viewer } from '#src/context.ts';
import type { ClipRow, OwnClip } from '#src/output/clip.ts';

/** A clip as this viewer may see it: earnings of one's own clips only, admins of all; clippers' names for admins only. */
export function toClipRow(clip: StoredClip, viewer: Viewer): ClipRow {
  const mine = clip.userId === viewer.userId;
  const isAdmin = viewer.role === 'ADMIN';
  return {
    clipId: clip.clipId,
    submissionId: clip.submissionId,
    campaignId: clip.campaignId,
    rank: clip.rank,
    version: clip.version,
    platform: clip.platform,
    url: clip.url,
    title: clip.title,
    authorHandle: clip.authorHandle,
    thumbnailUrl: clip.thumbnailUrl,
    publishedAt: clip.publishedAt,
    availability: clip.availability,
    status: clip.status,
    metric: clip.metric,
    views: clip.views,
    initialViews: clip.initialViews,
    doubtful: clip.doubtful,
    lastReadAt: clip.lastReadAt,
    nextReadAt: clip.nextReadAt,
    grewAt: clip.grewAt,
    standing:
      (mine || isAdmin) && clip.terms !== null
        ? { ...clip.terms, heldReason: clip.heldReason, revokedReason: clip.revokedReason }
        : null,
    mine,
    credited: mine || isAdmin ? clip.credited : null,
    earnings: mine || isAdmin ? clip.earnings : null,
    clipper: isAdmin ? { id: clip.userId, name: clip.userName } : null,
  };
}

/** A clip with its campaign, for lists over several campaigns. */
export function toOwnClip(clip: StoredClip, viewer: Viewer): OwnClip {
  return {
    ...toClipRow(clip, viewer),
    campaignTitle: clip.campaignTitle,
    campaignStatus: clip.campaignStatus,
    campaignCompletionReason: clip.campaignCompletionReason,
    campaignReleased: clip.campaignReleased,
  };
}
