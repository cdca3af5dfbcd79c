import type { Pool } from '@clipmeter/db/connect';

/**
 * The pool, but what its transactions send is rewritten first, for tests only. Nothing else of it changes.
 *
 * @param rewrite the statement that goes instead, perhaps after something else has been done
 */
export function rewrittenPool(pool: Pool, rewrite: (text: string) => string | Promise<string>): Pool {
  const connect = async () => {
    const client = await pool.connect();
    const query = async (text: string, values?: unknown[]) => {
      // Statements that are sent together stay in their order: what is not a promise is not waited for.
      const written = rewrite(text);
      return client.query(typeof written === 'string' ? written : await written, values);
    };
    return replaced(client, { query });
  };
  return replaced(pool, { connect });
}

/** The same object but for these members; its other methods still find themselves. */
function replaced<T extends object>(target: T, members: Record<string, unknown>): T {
  return new Proxy(target, {
    get(_, key) {
      if (typeof key === 'string' && key in members) return members[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
