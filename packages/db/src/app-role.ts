import { APP_ROLE, type Queryable } from '#src/connect.ts';

/** Somebody else made it, or changed the same catalog row, in the same moment. */
const RACE_CODES = new Set(['42710', '23505', 'XX000']);

/**
 * Makes the role of the apps if the server has none, and lets the current login take it. A role belongs to the whole
 * server, so several databases share it; it can log in nowhere and owns nothing.
 */
export async function ensureAppRole(owner: Queryable): Promise<void> {
  const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [APP_ROLE]);
  if (rowCount === 0) await ignoringRace(owner, `CREATE ROLE ${APP_ROLE} NOLOGIN`);
  if (await canTake(owner)) return;
  await ignoringRace(owner, `GRANT ${APP_ROLE} TO CURRENT_USER`);
  if (!(await canTake(owner)))
    throw new Error(`The login of DATABASE_URL may not take the role ${APP_ROLE}: grant it.`);
}

/** Tried rather than computed: since Postgres 16 a member may still be forbidden to SET ROLE. */
async function canTake(owner: Queryable): Promise<boolean> {
  return owner.query(`SET ROLE ${APP_ROLE}; RESET ROLE`).then(
    () => true,
    () => false,
  );
}

async function ignoringRace(owner: Queryable, statement: string): Promise<void> {
  await owner.query(statement).catch((error: { code?: string }) => {
    if (!RACE_CODES.has(error.code ?? '')) throw error;
  });
}
