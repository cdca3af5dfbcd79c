import type { Queryable } from '#src/connect.ts';

/** Everybody who is told what concerns all admins. */
export async function readAdminIds(client: Queryable): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM users WHERE role = 'ADMIN' AND suspended_at IS NULL ORDER BY id",
  );
  return rows.map((row) => row.id);
}
