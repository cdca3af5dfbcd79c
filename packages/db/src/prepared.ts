import type { PoolClient } from 'pg';

const names = new Map<string, string>();

/**
 * Marks a statement that is sent again and again with the same text: each connection has Postgres parse it once, and plan
 * it once where a plan for any list is as good as one for this list. Not for what is chosen from a large table by a limit:
 * without its value the planner reads everything.
 *
 * @returns the text, unchanged
 */
export function prepared(text: string): string {
  if (!names.has(text)) names.set(text, `clipmeter_${names.size}`);
  return text;
}

/** Lets a connection know the statements that are marked. Any other goes as it came. */
export function withPrepared(client: PoolClient): void {
  const query = client.query.bind(client);
  Object.assign(client, {
    query: (...args: Parameters<typeof query>) => {
      const [text, values, ...more]: unknown[] = args;
      const name = typeof text === 'string' && more.length === 0 ? names.get(text) : undefined;
      if (name === undefined || typeof text !== 'string' || !Array.isArray(values)) return query(...args);
      return query({ name, text, values });
    },
  });
}
