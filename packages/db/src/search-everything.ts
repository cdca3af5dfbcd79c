import type { CampaignStatus } from '@clipmeter/core/campaign-state';
import type { Platform } from '@clipmeter/core/platform';
import type { SubmissionStatus } from '@clipmeter/core/submission-state';
import type { Queryable } from '#src/connect.ts';

export interface FoundPerson {
  id: string;
  name: string;
  email: string;
  role: 'CLIPPER' | 'ADMIN';
  suspended: boolean;
}

export interface FoundCampaign {
  id: string;
  title: string;
  brand: string;
  status: CampaignStatus;
}

export interface FoundClip {
  id: string;
  /** Its latest submission. */
  submissionId: string;
  status: SubmissionStatus;
  platform: Platform;
  title: string;
  authorHandle: string | null;
  campaignTitle: string;
}

export interface FoundPayout {
  id: string;
  userId: string;
  userName: string;
  gross: string;
  status: string;
}

export interface Found {
  people: FoundPerson[];
  campaigns: FoundCampaign[];
  clips: FoundClip[];
  payouts: FoundPayout[];
}

interface Search {
  /** Words, of which each may be only begun, or an id or how one begins. */
  readonly text: string;
  /** Of each kind. */
  readonly limit: number;
}

/** What a word finds before the newest of it is chosen: one letter may fit everything. */
const MATCHES_MAX = 200;
/** So many digits of an id are hardly a word. */
const ID_DIGITS_MIN = 6;

/** People, campaigns, clips and payouts by name or id, the newest first. Along indexes only. */
export async function searchEverything(client: Queryable, { text, limit }: Search): Promise<Found> {
  const range = idRange(text);
  const values = [text, range?.from ?? null, range?.to ?? null, MATCHES_MAX, limit];
  const byId = (column: string) => `${column} BETWEEN $2::uuid AND $3::uuid`;
  const [people, campaigns, clips, payouts] = [
    await client.query<FoundPerson>(
      `WITH found AS (
         (SELECT id FROM users WHERE search_words(name || ' ' || email) @@ search_query($1) LIMIT $4)
         UNION (SELECT user_id FROM social_accounts WHERE search_words(handle) @@ search_query($1) LIMIT $4)
         UNION (SELECT id FROM users WHERE ${byId('id')} LIMIT $4))
       SELECT id, name, email, role, suspended_at IS NOT NULL AS suspended FROM users
       WHERE id IN (SELECT id FROM found) ORDER BY created_at DESC, id LIMIT $5`,
      values,
    ),
    await client.query<FoundCampaign>(
      `WITH found AS (
         (SELECT id FROM campaigns WHERE search_words(title || ' ' || brand) @@ search_query($1) LIMIT $4)
         UNION (SELECT id FROM campaigns WHERE ${byId('id')} LIMIT $4))
       SELECT id, title, brand, status FROM campaigns
       WHERE id IN (SELECT id FROM found) ORDER BY created_at DESC, id LIMIT $5`,
      values,
    ),
    await client.query<FoundClip>(
      `WITH found AS (
         (SELECT id FROM clips
          WHERE search_words(coalesce(title, '') || ' ' || coalesce(author_handle, '') || ' ' || external_id) @@ search_query($1) LIMIT $4)
         UNION (SELECT id FROM clips WHERE ${byId('id')} LIMIT $4)
         UNION (SELECT clip_id FROM clip_submissions WHERE ${byId('id')} LIMIT $4))
       SELECT c.id, cs.id AS "submissionId", cs.status, c.platform, coalesce(c.title, c.external_id) AS title,
         c.author_handle AS "authorHandle", camp.title AS "campaignTitle"
       FROM clips c CROSS JOIN LATERAL (
         SELECT id, status, campaign_id, created_at FROM clip_submissions WHERE clip_id = c.id
         ORDER BY created_at DESC, id DESC LIMIT 1) cs
       JOIN campaigns camp ON camp.id = cs.campaign_id
       WHERE c.id IN (SELECT id FROM found) ORDER BY cs.created_at DESC, c.id LIMIT $5`,
      values,
    ),
    await client.query<FoundPayout>(
      `WITH found AS (
         (SELECT p.id FROM users u JOIN payout_requests p ON p.user_id = u.id
          WHERE search_words(u.name || ' ' || u.email) @@ search_query($1) LIMIT $4)
         UNION (SELECT id FROM payout_requests WHERE ${byId('id')} LIMIT $4))
       SELECT p.id, p.user_id AS "userId", u.name AS "userName", p.gross, p.status
       FROM payout_requests p JOIN users u ON u.id = p.user_id
       WHERE p.id IN (SELECT id FROM found) ORDER BY p.created_at DESC, p.id LIMIT $5`,
      values,
    ),
  ];
  return { people: people.rows, campaigns: campaigns.rows, clips: clips.rows, payouts: payouts.rows };
}

/** The ids that begin like the text; null: it is none. */
export function idRange(text: string): { from: string; to: string } | null {
  const digits = text.trim().toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]+$/.test(digits) || digits.length < ID_DIGITS_MIN || digits.length > 32) return null;
  return { from: asUuid(digits.padEnd(32, '0')), to: asUuid(digits.padEnd(32, 'f')) };
}

function asUuid(digits: string): string {
  return [0, 8, 12, 16, 20].map((from, index, starts) => digits.slice(from, starts[index + 1])).join('-');
}
