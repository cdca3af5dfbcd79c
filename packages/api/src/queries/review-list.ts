import { readReview } from '@clipmeter/db/read-review';
import type { SignedInContext } from '#src/context.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

/** Submissions that wait, oldest first, a page at a time. */
export async function reviewList(
  { pool }: SignedInContext,
  input: { campaignId?: string | undefined; cursor?: string | null | undefined; limit: number },
) {
  const rows = await readReview(pool, {
    campaignId: input.campaignId ?? null,
    after: parsePlace(input.cursor),
    limit: input.limit + 1,
  });
  return pageOf(rows, input.limit, (row) => ({ id: row.submissionId, createdAt: row.createdAt }));
}
