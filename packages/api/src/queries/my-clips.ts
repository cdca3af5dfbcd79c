import { readApprovedClips } from '@clipmeter/db/read-clips';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import { toOwnClip } from '#src/output/clip-row.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

/** The viewer's clips that were approved, the latest first, a page at a time. */
export function myClips(
  { pool, viewer }: SignedInContext,
  { cursor, limit }: { cursor?: string | null | undefined; limit: number },
) {
  const after = parsePlace(cursor);
  return readSnapshot(pool, async (tx) => {
    const rows = await readApprovedClips(tx, { userId: viewer.userId, after, limit: limit + 1 });
    const { items, nextCursor } = pageOf(rows, limit, (row) => ({
      createdAt: row.terms?.approvedAt ?? '',
      id: row.submissionId,
    }));
    return { items: items.map((clip) => toOwnClip(clip, viewer)), nextCursor };
  });
}
