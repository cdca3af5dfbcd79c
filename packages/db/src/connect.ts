import { Pool, type PoolConfig, type QueryResult, type QueryResultRow } from 'pg';
import { withPrepared } from '#src/prepared.ts';

/** Anything SQL can be sent through: a pool, one of its clients, or a transaction. Readers take this. */
export interface Queryable {
  query<Row extends QueryResultRow = QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}

export interface PoolOptions {
  /** A libpq URL; TLS is asked for in it (`?sslmode=verify-full`). */
  url: string;
  /** `app` (default) takes the role that owns nothing; `owner` keeps the login's own rights: migrations and tests. */
  role?: 'app' | 'owner';
  max?: number;
  /** Shown in pg_stat_activity, so that health can name who holds the horizon of the event log. */
  applicationName?: string;
  /** Told when a connection breaks, as when Postgres restarts. The pool makes new ones by itself. */
  onConnectionError?: (error: Error) => void;
}

/** The role the apps take: it owns nothing and cannot rewrite history (a superuser would ignore REVOKE). */
export const APP_ROLE = 'clipmeter_app';

const CONNECT_TIMEOUT_MS = 10_000;

/** What every session of the apps begins with. A transaction left open holds everything live, so it is ended. */
const APP_SETTINGS: readonly string[] = [
  `role=${APP_ROLE}`,
  'jit=off',
  // A page by its address costs no more than the next one on today's disks. With the default, made for turning ones, a
  // batch of 500 read tables of tens of thousands of rows from end to end.
  'random_page_cost=1.1',
  'lock_timeout=10s',
  'statement_timeout=60s',
  'idle_in_transaction_session_timeout=15s',
];

/** Migrations and maintenance may take long, but must not queue for ever before a lock and so block everybody else. */
const OWNER_SETTINGS: readonly string[] = ['jit=off', 'lock_timeout=30s'];

/** The configuration of a connection under a role, for whatever speaks pg: pools, Prisma, pg-boss, a listener. */
export function connectionConfig(options: Pick<PoolOptions, 'url' | 'role' | 'applicationName'>): {
  connectionString: string;
  options: string;
  application_name: string;
  connectionTimeoutMillis: number;
} {
  const url = new URL(options.url);
  // pg lets the URL's own `options` win over the configuration's, which would lose the role.
  const asked = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  const settings = options.role === 'owner' ? OWNER_SETTINGS : APP_SETTINGS;
  return {
    connectionString: url.href,
    options: [asked, ...settings.map((setting) => `-c ${setting}`)].filter(Boolean).join(' '),
    application_name: options.applicationName ?? 'clipmeter',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
}

/**
 * A pool under the role of the apps, or of the owner. int8 and numeric arrive as strings (pg's own default): no float
 * ever stands for views or money. A broken connection is reported and replaced; it never ends the process.
 */
export function createPool(options: PoolOptions): Pool {
  const config: PoolConfig = {
    ...connectionConfig(options),
    max: options.max ?? 10,
    idleTimeoutMillis: 30_000,
    // Statements that wait for none before them are sent at once; the server still does them one after another.
    pipeline: true,
  };
  const pool = new Pool(config);
  const report = (error: Error) => options.onConnectionError?.(error);
  pool.on('error', report);
  // A client that is checked out has no listener of the pool's: its error would be uncaught.
  pool.on('connect', (client) => {
    client.on('error', report);
    withPrepared(client);
  });
  return pool;
}

export type { Pool };
