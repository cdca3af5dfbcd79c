import type { Pool } from '@clipmeter/db/connect';
import { rewrittenPool } from '#src/rewritten-pool.ts';

/** A lock that is taken away, for tests only: the statement that takes it, and the statement without it. */
export interface LockMutation {
  readonly name: string;
  /** Tells the statement by its text, as it is sent and as it stands in the source. */
  readonly statement: RegExp;
  readonly weaken: (text: string) => string;
}

/** How a statement takes locks on rows. */
export const ROW_LOCK = /FOR (?:NO KEY )?(?:UPDATE|SHARE)(?: OF \w+)?(?: (?:SKIP LOCKED|NOWAIT))?/g;
/** The order in which it takes several; who waits for nobody needs none. */
export const LOCK_ORDER =
  /ORDER BY ([\w.]+)(?=\s+(?:LIMIT \S+\s+)?FOR (?:NO KEY )?(?:UPDATE|SHARE)(?!(?: OF \w+)? SKIP))/g;
export const ADVISORY_LOCK = /pg_advisory_(?:xact_)?lock\(.*\)/g;

const unlocked = (text: string) => text.replaceAll(ROW_LOCK, '');
/** Merely without ORDER BY an index may give the same order by luck. */
const reversed = (text: string) => text.replaceAll(LOCK_ORDER, 'ORDER BY $1 DESC');
/** Only the n-th lock of a statement that takes several. */
const nth = (n: number, changed: (lock: string) => string) => (text: string) => {
  let seen = 0;
  return text.replaceAll(ROW_LOCK, (lock) => (seen++ === n ? changed(lock) : lock));
};
const waiting = (lock: string) => lock.replace(' SKIP LOCKED', '');

const lockOf = (what: string, statement: RegExp): LockMutation => ({
  name: `lock of ${what}`,
  statement,
  weaken: unlocked,
});
/** A set of rows: the lock, and the order in which it is taken. */
const locksOf = (what: string, statement: RegExp): LockMutation[] => [
  lockOf(what, statement),
  { name: `order of the lock of ${what}`, statement, weaken: reversed },
];
/** Rows of which each is for whoever comes first: the lock, and that nobody waits for what another has. */
const claimOf = (what: string, statement: RegExp, n = 0): LockMutation[] => [
  { name: `lock of ${what}`, statement, weaken: nth(n, () => '') },
  { name: `not waiting for ${what}`, statement, weaken: nth(n, waiting) },
];

const DUE = /WITH urgent AS/;

/** Every lock that an operation takes, the order of those that are taken as a set, and that a claim waits for nobody. */
export const LOCK_MUTATIONS: readonly LockMutation[] = [
  ...locksOf('clips', /last_read_at, version FROM clips\s+WHERE id = ANY/),
  ...locksOf('campaigns', /version\s+FROM campaigns WHERE id = ANY \(\$1/),
  ...locksOf('campaigns in a settlement', /version\s+FROM campaigns WHERE id = ANY \(ARRAY\(/),
  ...locksOf('schedules in a settlement', /failures, not_found_at\s+FROM clip_schedules WHERE clip_id = ANY/),
  ...locksOf('submissions in a settlement', /doubtful_views\s+FROM clip_submissions WHERE clip_id = ANY/),
  ...locksOf('ledger accounts', /balance, version FROM ledger_accounts/),
  ...claimOf('urgent schedules in a claim', DUE, 0),
  ...claimOf('usual schedules in a claim', DUE, 1),
  ...locksOf('schedules of a run that is given back', /UPDATE clip_schedules s SET lease_until = NULL, run_id = NULL/),
  ...locksOf('schedules in a pause', /UPDATE clip_schedules s SET next_due_at = \$2, expected = 0/),
  ...locksOf('schedules in an ending', /WITH idle AS/),
  ...locksOf(
    'schedules at a closing round’s begin',
    /UPDATE clip_schedules s SET next_due_at = \$2, urgent = true FROM/,
  ),
  ...locksOf('approvals that a release ends', /approval_blocked = 'The campaign has ended\.'/),
  ...locksOf('submissions that a release closes', /SET final_earnings = c\.earnings/),
  lockOf('the schedule of a submission that is decided', /SELECT 1 FROM clip_schedules WHERE clip_id = \$1/),
  lockOf('a submission that is decided', /FROM clip_submissions WHERE id = \$1 FOR/),
  ...claimOf('campaigns whose start has come', /WHERE status = 'SCHEDULED' AND starts_at <= \$1/),
  ...claimOf('links to follow', /FROM link_resolutions WHERE status = 'WAITING' AND next_attempt_at/),
  lockOf('a round while its clips are chosen', /SELECT chosen FROM tracking_rounds/),
  ...locksOf('schedules that a round makes due', /INSERT INTO tracking_round_clips/),
  lockOf('a platform’s day of spending', /FROM platform_states WHERE platform = \$1 FOR/),
  lockOf('the installation while cursors begin anew', /SELECT FROM installation/),
  {
    name: 'lock of the first admin’s place',
    statement: /clipmeter first admin/,
    weaken: (text) => text.replaceAll(ADVISORY_LOCK, '1'),
  },
];

/** Locks that no mutation takes away, by a piece of the statement, and why. */
export const LOCKS_EXCEPTED: Readonly<Record<string, string>> = {
  "pg_advisory_lock(hashtext('clipmeter.migrate'))": 'held by a test of migrations: two starts at once migrate once',
  "pg_advisory_xact_lock(hashtext('clipmeter.maintain_partitions'))":
    'no money waits for it: without it the second of two at once fails on a partition that exists, and is run again',
  'ORDER BY s.next_due_at LIMIT $3 FOR NO KEY UPDATE OF s SKIP LOCKED':
    'a clip that is read only to tell others from it: two runs that take it at once read it twice, and pay it once',
  "pg_advisory_xact_lock(hashtextextended('clipmeter admins', 0))":
    'no money waits for it: that one admin stays, also of two who go at once, is a test of people',
  'FROM users WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE':
    'no money waits for it: what people may do is changed under the lock of all admins too',
  'FOR NO KEY UPDATE OF l SKIP LOCKED': 'notices of a start: two that write them at once write each once, by its cause',
  'ORDER BY next_attempt_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED':
    'pictures, of which two are the same, and mails: that two trackers send each once is a test of the mail job',
};

/** The pool, but every statement that the mutation means goes without its lock. `weakened` counts them. */
export function weakenedPool(pool: Pool, { statement, weaken }: LockMutation): { pool: Pool; weakened: () => number } {
  let count = 0;
  const rewrite = (text: string) => {
    if (!statement.test(text)) return text;
    const weaker = weaken(text);
    if (weaker !== text) count += 1;
    return weaker;
  };
  return { pool: rewrittenPool(pool, rewrite), weakened: () => count };
}
