import { ACTIVITY_KINDS, type ActivityKind, readActivity } from '@clipmeter/db/read-activity';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import type { ACTIVITY_SHOWN } from '#src/output/overview.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

interface ActivityInput {
  show: (typeof ACTIVITY_SHOWN)[number];
  cursor?: string | null | undefined;
  limit: number;
}

const KINDS: Record<ActivityInput['show'], readonly ActivityKind[]> = {
  news: ['act', 'change'],
  money: ['money'],
  all: ACTIVITY_KINDS,
};

/** What happened, newest first, a page at a time. */
export function activityList({ pool }: SignedInContext, { show, cursor, limit }: ActivityInput) {
  const after = parsePlace(cursor);
  return readSnapshot(pool, async (tx) => {
    const rows = await readActivity(tx, { kinds: KINDS[show], after, limit: limit + 1 });
    return pageOf(rows, limit, ({ id, at }) => ({ id, createdAt: at }));
  });
}
