import type { Pool } from '@clipmeter/db/connect';

/** The same pool, but it times what delays others: each transaction, and each write that is one by itself. */
export interface TimedPool {
  readonly pool: Pool;
  /** In ms, since the last call. */
  take(): readonly number[];
}

export function timedPool(pool: Pool): TimedPool {
  let timesMs: number[] = [];
  const timed = async <Result>(work: Promise<Result>): Promise<Result> => {
    const beganAt = performance.now();
    const result = await work;
    timesMs.push(performance.now() - beganAt);
    return result;
  };
  const connect = async () => {
    const client = await pool.connect();
    let beganAt = 0;
    const query = async (text: string, values?: unknown[]) => {
      if (text.startsWith('BEGIN')) beganAt = performance.now();
      const result = await client.query(text, values);
      if (text === 'COMMIT') timesMs.push(performance.now() - beganAt);
      return result;
    };
    return replaced(client, { query });
  };
  const query = (text: string, values?: unknown[]) => {
    const sent = pool.query(text, values);
    return /\b(INSERT|UPDATE|DELETE)\b/.test(text) ? timed(sent) : sent;
  };
  return {
    pool: replaced(pool, { connect, query }),
    take() {
      const taken = timesMs;
      timesMs = [];
      return taken;
    },
  };
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
