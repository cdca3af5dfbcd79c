import type { Queryable } from '#src/connect.ts';

export interface AuditEntryRow {
  id: string;
  at: string;
  /** `noun.verb`. */
  action: string;
  /** Null: the system. */
  actor: { id: string; name: string } | null;
  subjectKind: string;
  subjectId: string;
  /** What the subject is called now; null: it has no name or is gone. */
  subjectName: string | null;
  /** The campaign that it happened in. */
  campaignId: string | null;
  details: Record<string, unknown>;
}

export interface AuditFilter {
  /** Null: anybody's. */
  readonly actorId: string | null;
  readonly action: string | null;
  readonly subjectId: string | null;
  /** Words of who did it or of what it is about. */
  readonly search: string | null;
  /** Those after this one, in the list's order. */
  readonly after: { createdAt: Date; id: string } | null;
  readonly limit: number;
}

/** People, campaigns and clips that a search may mean at most: whoever means more of them types another word. */
const MATCHES_MAX = 200;

/** What was done, newest first. */
export async function readAuditLog(client: Queryable, filter: AuditFilter): Promise<AuditEntryRow[]> {
  // Only the conditions that hold are in the text, so that each list is read along the index that is in its order.
  const values: unknown[] = [filter.limit];
  const given = (value: unknown) => `$${values.push(value)}`;
  const conditions: string[] = [];
  if (filter.actorId !== null) conditions.push(`actor_id = ${given(filter.actorId)}`);
  if (filter.action !== null) conditions.push(`action = ${given(filter.action)}`);
  if (filter.subjectId !== null) conditions.push(`subject_id = ${given(filter.subjectId)}`);
  if (filter.after !== null)
    conditions.push(`(created_at, id) < (${given(filter.after.createdAt)}, ${given(filter.after.id)}::uuid)`);
  if (filter.search !== null) {
    const { actorIds, subjectIds } = await findMeant(client, filter.search);
    conditions.push(`(actor_id = ANY (${given(actorIds)}::uuid[]) OR subject_id = ANY (${given(subjectIds)}::text[]))`);
  }
  const { rows } = await client.query<{
    id: string;
    created_at: Date;
    action: string;
    actor_id: string | null;
    actor_name: string | null;
    subject_kind: string;
    subject_id: string;
    subject_name: string | null;
    campaign_id: string | null;
    details: Record<string, unknown>;
  }>(
    `WITH page AS MATERIALIZED (
       SELECT *, CASE WHEN subject_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN subject_id::uuid END AS subject
       FROM audit_log ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
       ORDER BY created_at DESC, id DESC LIMIT $1)
     SELECT p.id, p.created_at, p.action, p.actor_id, a.name AS actor_name, p.subject_kind, p.subject_id, p.details,
       CASE p.subject_kind
         WHEN 'campaign' THEN (SELECT title FROM campaigns WHERE id = p.subject)
         WHEN 'user' THEN (SELECT name FROM users WHERE id = p.subject)
         WHEN 'clip' THEN (SELECT coalesce(title, external_id) FROM clips WHERE id = p.subject)
         WHEN 'social_account' THEN (SELECT '@' || handle FROM social_accounts WHERE id = p.subject)
         WHEN 'submission' THEN (SELECT coalesce(c.title, c.external_id) FROM clip_submissions cs
           JOIN clips c ON c.id = cs.clip_id WHERE cs.id = p.subject)
       END AS subject_name,
       CASE p.subject_kind
         WHEN 'campaign' THEN p.subject
         WHEN 'submission' THEN (SELECT campaign_id FROM clip_submissions WHERE id = p.subject)
       END AS campaign_id
     FROM page p LEFT JOIN users a ON a.id = p.actor_id
     ORDER BY p.created_at DESC, p.id DESC`,
    values,
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.created_at.toISOString(),
    action: row.action,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    campaignId: row.campaign_id,
    details: row.details,
  }));
}

/** Whom and what a search may mean. */
async function findMeant(client: Queryable, search: string): Promise<{ actorIds: string[]; subjectIds: string[] }> {
  const { rows } = await client.query<{ id: string; is_person: boolean }>(
    `(SELECT id::text, true AS is_person FROM users WHERE search_words(name || ' ' || email) @@ search_query($1) LIMIT $2)
     UNION ALL (SELECT id::text, false FROM campaigns WHERE search_words(title || ' ' || brand) @@ search_query($1) LIMIT $2)
     UNION ALL (SELECT user_id::text, true FROM social_accounts WHERE search_words(handle) @@ search_query($1) LIMIT $2)
     UNION ALL (SELECT cs.id::text, false FROM clips c JOIN clip_submissions cs ON cs.clip_id = c.id
       WHERE search_words(coalesce(c.title, '') || ' ' || coalesce(c.author_handle, '') || ' ' || c.external_id) @@ search_query($1)
       LIMIT $2)`,
    [search, MATCHES_MAX],
  );
  const ids = rows.map((row) => row.id);
  return {
    actorIds: rows.filter((row) => row.is_person).map((row) => row.id),
    subjectIds: [...ids, search.trim().toLowerCase()],
  };
}

/** Each kind of act that is in the log, and its name. Found one after another along the index, however long the log is. */
export async function readAuditActions(client: Queryable): Promise<string[]> {
  const { rows } = await client.query<{ action: string }>(
    `WITH RECURSIVE step AS (
       (SELECT action FROM audit_log ORDER BY action LIMIT 1)
       UNION ALL
       SELECT (SELECT a.action FROM audit_log a WHERE a.action > step.action ORDER BY a.action LIMIT 1)
       FROM step WHERE step.action IS NOT NULL)
     SELECT action FROM step WHERE action IS NOT NULL ORDER BY action`,
  );
  return rows.map((row) => row.action);
}

/** The name of somebody, for a filter that only has their id. */
export async function readUserName(client: Queryable, userId: string): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM users WHERE id = $1', [userId]);
  return rows[0]?.name ?? null;
}
