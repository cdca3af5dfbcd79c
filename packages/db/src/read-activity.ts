import type { Queryable } from '#src/connect.ts';

/** act: somebody did something. change: the tracker did. money: a settlement credited something. */
export const ACTIVITY_KINDS = ['act', 'change', 'money'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

export interface ActivityRow {
  id: string;
  kind: ActivityKind;
  at: string;
  /** An act's `noun.verb`; of a change the status that was reached. */
  action: string;
  actor: { id: string; name: string } | null;
  subjectKind: string;
  subjectId: string;
  subjectName: string | null;
  campaign: { id: string; title: string } | null;
  reason: string | null;
  /** Credited by a settlement. */
  amount: string | null;
}

export interface ActivityFilter {
  readonly kinds: readonly ActivityKind[];
  readonly after: { createdAt: Date; id: string } | null;
  readonly limit: number;
}

/** $1 limit, $2 and $3 the place to go on from. Each source is read along its own index, and no further than a page. */
const NEWEST = (after: ActivityFilter['after']) =>
  `${after === null ? '' : 'AND (created_at, id) < ($2, $3::uuid)'} ORDER BY created_at DESC, id DESC LIMIT $1`;

const SOURCES: Record<ActivityKind, ((newest: string) => string)[]> = {
  act: [
    (
      newest,
    ) => `SELECT id, created_at, 'act' AS kind, action, actor_id, subject_kind, subject_id, details ->> 'reason' AS reason,
       NULL::numeric AS amount FROM audit_log WHERE true ${newest}`,
  ],
  // What was decided is in the audit log. That an approval counts, and what becomes of campaigns by themselves, comes later.
  change: [
    (
      newest,
    ) => `SELECT id, created_at, 'change', to_status, NULL::uuid, 'submission', submission_id::text, reason, NULL::numeric
       FROM submission_status_changes WHERE to_status = 'APPROVED' ${newest}`,
    (
      newest,
    ) => `SELECT id, created_at, 'change', to_status, NULL::uuid, 'campaign', campaign_id::text, reason, NULL::numeric
       FROM campaign_status_changes WHERE from_status IS NOT NULL AND (actor_id IS NULL OR to_status = 'COMPLETED') ${newest}`,
  ],
  money: [
    (newest) => `SELECT id, created_at, 'money', kind, NULL::uuid, 'campaign', campaign_id::text, NULL::text, credited
       FROM settlements WHERE credited > 0 ${newest}`,
  ],
};

/** What happened, newest first. */
export async function readActivity(client: Queryable, filter: ActivityFilter): Promise<ActivityRow[]> {
  const newest = NEWEST(filter.after);
  const sources = filter.kinds.flatMap((kind) => SOURCES[kind].map((source) => `(${source(newest)})`));
  if (sources.length === 0) return [];
  const place = filter.after === null ? [] : [filter.after.createdAt, filter.after.id];
  const { rows } = await client.query<{
    id: string;
    created_at: Date;
    kind: ActivityKind;
    action: string;
    actor_id: string | null;
    actor_name: string | null;
    subject_kind: string;
    subject_id: string;
    subject_name: string | null;
    campaign_id: string | null;
    campaign_title: string | null;
    reason: string | null;
    amount: string | null;
  }>(
    `WITH page AS MATERIALIZED (
       SELECT news.*, CASE WHEN subject_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN subject_id::uuid END AS subject
       FROM (${sources.join(' UNION ALL ')}) AS news (id, created_at, kind, action, actor_id, subject_kind, subject_id, reason, amount)
       ORDER BY created_at DESC, id DESC LIMIT $1)
     SELECT p.id, p.created_at, p.kind, p.action, p.actor_id, a.name AS actor_name, p.subject_kind, p.subject_id, p.reason,
       p.amount, camp.id AS campaign_id, camp.title AS campaign_title,
       CASE p.subject_kind
         WHEN 'campaign' THEN camp.title
         WHEN 'user' THEN (SELECT name FROM users WHERE id = p.subject)
         WHEN 'social_account' THEN (SELECT '@' || handle FROM social_accounts WHERE id = p.subject)
         WHEN 'submission' THEN (SELECT coalesce(c.title, c.external_id) FROM clips c WHERE c.id = cs.clip_id)
       END AS subject_name
     FROM page p LEFT JOIN users a ON a.id = p.actor_id
       LEFT JOIN clip_submissions cs ON p.subject_kind = 'submission' AND cs.id = p.subject
       LEFT JOIN campaigns camp ON camp.id = CASE p.subject_kind WHEN 'campaign' THEN p.subject ELSE cs.campaign_id END
     ORDER BY p.created_at DESC, p.id DESC`,
    [filter.limit, ...place],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.created_at.toISOString(),
    action: row.action,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    campaign: row.campaign_id === null ? null : { id: row.campaign_id, title: row.campaign_title ?? '' },
    reason: row.reason,
    amount: row.amount,
  }));
}
