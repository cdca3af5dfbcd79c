import type { NamedClip } from '@clipmeter/core/clip-link';
import { DomainError } from '@clipmeter/core/domain-error';
import { endLink, type LinkEnd, type LinkResolution } from '@clipmeter/db/link-resolution';
import { type NewNotification, notifyUsers } from '@clipmeter/db/notify-users';
import { withTransaction } from '@clipmeter/db/transaction';
import type { OperationDeps } from '#src/context.ts';
import { submitVideo } from '#src/operations/submit-clip.ts';

/** Where a link led, or one sentence for its clipper. */
export type FollowedLink =
  | { readonly kind: 'resolved'; readonly clip: NamedClip }
  | { readonly kind: 'refused'; readonly sentence: string };

/**
 * Submits the video that a link led to, as if its clipper had pasted the full address, or says why that cannot be. Safe
 * to repeat after a crash anywhere: the submission has the link's id, and the link ends once.
 */
export async function finishLink(deps: OperationDeps, link: LinkResolution, followed: FollowedLink): Promise<LinkEnd> {
  const end = await submitted(deps, link, followed);
  const at = deps.now();
  await withTransaction(deps.pool, async (tx) => {
    if (!(await endLink(tx, link, end, at)) || end.status !== 'FAILED') return;
    const notice: NewNotification = {
      userId: link.userId,
      kind: 'link.failed',
      cause: link.id,
      title: 'A clip could not be submitted',
      body: end.reason,
      link: `/campaigns/${link.campaignId}`,
    };
    await notifyUsers(tx, [notice], at);
  });
  return end;
}

async function submitted(deps: OperationDeps, link: LinkResolution, followed: FollowedLink): Promise<LinkEnd> {
  if (followed.kind === 'refused') return { status: 'FAILED', reason: followed.sentence };
  const { id, userId, campaignId } = link;
  try {
    await submitVideo(deps, { userId }, { id, campaignId, clip: followed.clip });
    return { status: 'RESOLVED', submissionId: id };
  } catch (error) {
    if (error instanceof DomainError) return { status: 'FAILED', reason: error.message };
    throw error;
  }
}
