import { type DecisionFilter, readDecisions } from '@clipmeter/db/read-decisions';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

/** What was decided of submissions, the latest first, a page at a time. */
export function decisionList(
  { pool }: SignedInContext,
  input: {
    campaignId?: string | undefined;
    platform?: DecisionFilter['platform'] | undefined;
    cursor?: string | null | undefined;
    limit: number;
  },
) {
  return readSnapshot(pool, async (tx) => {
    const rows = await readDecisions(tx, {
      campaignId: input.campaignId ?? null,
      platform: input.platform ?? null,
      after: parsePlace(input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(
      rows.map((row) => ({ ...row, at: row.at.toISOString() })),
      input.limit,
      (row) => ({ id: row.id, createdAt: row.at }),
    );
  });
}
