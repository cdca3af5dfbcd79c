import { DomainError } from '@clipmeter/core/domain-error';
import { findLinkResolution } from '@clipmeter/db/link-resolution';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { countOwnSubmissions, readOwnSubmission, readOwnSubmissions } from '@clipmeter/db/read-submissions';
import type { SignedInContext } from '#src/context.ts';
import type { MySubmissionsInput } from '#src/input/my-submissions.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

/** The viewer's submissions, newest first, a page at a time. */
export function mySubmissions({ pool, viewer }: SignedInContext, input: MySubmissionsInput) {
  const { status = null, campaignId = null, cursor, limit } = input;
  const after = parsePlace(cursor);
  return readSnapshot(pool, async (tx) => {
    const rows = await readOwnSubmissions(tx, { userId: viewer.userId, status, campaignId, after, limit: limit + 1 });
    return pageOf(rows, limit, (row) => ({ createdAt: row.createdAt, id: row.submissionId }));
  });
}

/** How many there are of each status. */
export function mySubmissionCounts({ pool, viewer }: SignedInContext) {
  return readSnapshot(pool, async (tx) => ({ counts: await countOwnSubmissions(tx, viewer.userId) }));
}

/**
 * One of the viewer's submissions, or the short link that is to become it.
 *
 * @throws DomainError NOT_FOUND, also for somebody else's
 */
export function mySubmission({ pool, viewer }: SignedInContext, { id }: { id: string }) {
  return readSnapshot(pool, async (tx) => {
    const submission = await readOwnSubmission(tx, viewer.userId, id);
    const link = submission === null ? await findLinkResolution(tx, id) : null;
    if (submission === null && link?.userId !== viewer.userId)
      throw new DomainError('NOT_FOUND', 'There is no such submission.');
    return {
      submission,
      link: link && {
        linkId: link.id,
        campaignId: link.campaignId,
        url: link.url,
        status: link.status,
        reason: link.reason,
      },
    };
  });
}
