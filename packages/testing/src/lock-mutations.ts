import type { Pool } from '@clipmeter/db/connect';

/** A lock that is taken away, for tests only: the statement that takes it, and the statement without it. */
export interface LockMutation {
  readonly name: string;
  /** Tells the statement by its text. */
  readonly statement: RegExp;
  readonly weaken: (text: string) => string;
}

const unlocked = (text: string) => text.replaceAll(/FOR NO KEY UPDATE( OF \w+)?( SKIP LOCKED)?/g, '');
/** Merely without ORDER BY an index may give the same order by luck. */
const reversed = (text: string) =>
  text.replaceAll(/ORDER BY [\w.]+(?=\s+(LIMIT \$\d+ )?FOR NO KEY UPDATE)/g, (order) => `${order} DESC`);

const CLIPS = /last_read_at, version FROM clips\s+WHERE id = ANY/;
const CAMPAIGNS = /completion_reason, settlement_number, version\s+FROM campaigns WHERE id = ANY/;
const SCHEDULES = /failures, not_found_at\s+FROM clip_schedules WHERE clip_id = ANY/;
const SUBMISSIONS = /doubtful_views\s+FROM clip_submissions WHERE clip_id = ANY/;
const ACCOUNTS = /balance, version FROM ledger_accounts/;
const NEXT_DUE = /UPDATE clip_schedules s SET next_due_at = \$2, expected = 0/;
const FORGET = /WITH idle AS/;
const BEGIN_ROUND = /UPDATE clip_schedules s SET next_due_at = \$2, urgent = true FROM/;

/** Every lock that an operation on money takes, and the order of those that are taken as a set. */
export const LOCK_MUTATIONS: readonly LockMutation[] = [
  { name: 'lock of clips', statement: CLIPS, weaken: unlocked },
  { name: 'order of clip locks', statement: CLIPS, weaken: reversed },
  { name: 'lock of campaigns', statement: CAMPAIGNS, weaken: unlocked },
  { name: 'order of campaign locks', statement: CAMPAIGNS, weaken: reversed },
  { name: 'lock of schedules in a settlement', statement: SCHEDULES, weaken: unlocked },
  { name: 'order of schedule locks in a settlement', statement: SCHEDULES, weaken: reversed },
  { name: 'lock of submissions in a settlement', statement: SUBMISSIONS, weaken: unlocked },
  { name: 'order of submission locks in a settlement', statement: SUBMISSIONS, weaken: reversed },
  { name: 'lock of ledger accounts', statement: ACCOUNTS, weaken: unlocked },
  { name: 'order of ledger account locks', statement: ACCOUNTS, weaken: reversed },
  { name: 'lock of due schedules in a claim', statement: /WITH urgent AS/, weaken: unlocked },
  { name: 'lock of schedules in a pause', statement: NEXT_DUE, weaken: unlocked },
  { name: 'lock of schedules in an ending', statement: FORGET, weaken: unlocked },
  { name: 'lock of schedules at a closing round’s begin', statement: BEGIN_ROUND, weaken: unlocked },
];

/** The pool, but every statement that the mutation means goes without its lock. `weakened` counts them. */
export function weakenedPool(pool: Pool, mutation: LockMutation | null): { pool: Pool; weakened: () => number } {
  let count = 0;
  const rewrite = (text: unknown) => {
    if (typeof text !== 'string' || mutation === null || !mutation.statement.test(text)) return text;
    const weaker = mutation.weaken(text);
    if (weaker !== text) count += 1;
    return weaker;
  };
  const connect = async () => {
    const client = await pool.connect();
    const query = (text: string, values?: unknown[]) => client.query(String(rewrite(text)), values);
    return replaced(client, { query });
  };
  return { pool: mutation === null ? pool : replaced(pool, { connect }), weakened: () => count };
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
