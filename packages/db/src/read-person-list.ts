import type { Queryable } from '#src/connect.ts';

/** Which people a list shows. */
export const PEOPLE_FILTERS = ['all', 'clippers', 'admins', 'suspended'] as const;
export type PeopleFilter = (typeof PEOPLE_FILTERS)[number];

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  role: 'CLIPPER' | 'ADMIN';
  suspendedAt: string | null;
  createdAt: string;
  submissions: number;
  /** What their clips have earned and nobody took back: pending, available, in payout and paid. */
  earned: string;
}

const SHOWN: Record<PeopleFilter, string> = {
  all: 'true',
  clippers: "u.role = 'CLIPPER'",
  admins: "u.role = 'ADMIN'",
  suspended: 'u.suspended_at IS NOT NULL',
};

interface PersonColumns {
  id: string;
  name: string;
  email: string;
  email_verified: boolean;
  role: 'CLIPPER' | 'ADMIN';
  suspended_at: Date | null;
  created_at: Date;
  submissions: number;
  earned: string;
}

const FIGURES = `
  (SELECT count(*)::int FROM clip_submissions cs WHERE cs.user_id = p.id) AS submissions,
  (SELECT coalesce(sum(a.balance), 0)::numeric(20,6) FROM ledger_accounts a WHERE a.user_id = p.id AND a.currency = 'USD') AS earned`;

/** People, the newest first, a page at a time: those whose name or address has every word typed. */
export async function readPeople(
  client: Queryable,
  filter: { show: PeopleFilter; search: string; after: { createdAt: Date; id: string } | null; limit: number },
): Promise<PersonRow[]> {
  const { show, search, after, limit } = filter;
  const values: unknown[] = [limit];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [SHOWN[show]];
  if (search !== '') conditions.push(`search_words(u.name || ' ' || u.email) @@ search_query(${bind(search)})`);
  if (after !== null) {
    conditions.push(`(u.created_at, u.id) < (${bind(after.createdAt)}::timestamptz, ${bind(after.id)}::uuid)`);
  }
  const { rows } = await client.query<PersonColumns>(
    `WITH p AS MATERIALIZED (
       SELECT u.id, u.name, u.email, u.email_verified, u.role, u.suspended_at, u.created_at FROM users u
       WHERE ${conditions.join(' AND ')} ORDER BY u.created_at DESC, u.id DESC LIMIT $1)
     SELECT p.*, ${FIGURES} FROM p ORDER BY p.created_at DESC, p.id DESC`,
    values,
  );
  return rows.map(rowOf);
}

/** One of them; null: there is nobody of that id. */
export async function readPerson(client: Queryable, id: string): Promise<PersonRow | null> {
  const { rows } = await client.query<PersonColumns>(
    `SELECT p.id, p.name, p.email, p.email_verified, p.role, p.suspended_at, p.created_at, ${FIGURES} FROM users p
     WHERE p.id = $1`,
    [id],
  );
  return rows[0] === undefined ? null : rowOf(rows[0]);
}

function rowOf(row: PersonColumns): PersonRow {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    emailVerified: row.email_verified,
    role: row.role,
    suspendedAt: row.suspended_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    submissions: row.submissions,
    earned: row.earned,
  };
}
