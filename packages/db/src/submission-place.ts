import type { Queryable } from '#src/connect.ts';

/** An approved submission of a campaign in the order in which a campaign is taken part by part: clipper by clipper. */
export interface SubmissionPlace {
  readonly userId: string;
  readonly submissionId: string;
}

const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Before all others. */
export const FIRST_PLACE: SubmissionPlace = { userId: NO_ID, submissionId: NO_ID };

/** The next approved submissions after a place. */
export async function nextPlaces(
  client: Queryable,
  campaignId: string,
  after: SubmissionPlace,
  limit: number,
): Promise<(SubmissionPlace & { clipId: string })[]> {
  const { rows } = await client.query<{ id: string; user_id: string; clip_id: string }>(
    `SELECT id, user_id, clip_id FROM clip_submissions
     WHERE campaign_id = $1 AND status = 'APPROVED' AND (user_id, id) > ($2::uuid, $3::uuid)
     ORDER BY user_id, id LIMIT $4`,
    [campaignId, after.userId, after.submissionId, limit],
  );
  return rows.map((row) => ({ submissionId: row.id, userId: row.user_id, clipId: row.clip_id }));
}
