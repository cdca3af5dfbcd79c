import { type Micros, sumMicros } from '@clipmeter/core/money';
import { v7 as uuidv7 } from 'uuid';
import { arrayLiteral } from '#src/array-literal.ts';
import { microsFromNumeric, numericFromMicros } from '#src/micros-column.ts';
import { prepared } from '#src/prepared.ts';
import type { Tx } from '#src/transaction.ts';

/** What an account is for. A campaign owns `budget`; a clipper owns `pending` in each campaign and the other three. */
export type AccountKind = 'budget' | 'pending' | 'available' | 'reserved' | 'paid' | 'fees' | 'outside';

/** Names an account by its owner. Amounts are in USD, the only currency for now. */
export interface AccountRef {
  readonly kind: AccountKind;
  readonly campaignId?: string;
  readonly userId?: string;
}

export type CauseKind = 'funding' | 'snapshot' | 'completion' | 'reversal' | 'payout' | 'return';
export type MovementKind =
  | 'fund'
  | 'refund'
  | 'accrue'
  | 'release'
  | 'reserve'
  | 'unreserve'
  | 'pay'
  | 'fee'
  | 'return'
  | 'reverse';

/** One double entry to write. `amountMicros` is positive; zero amounts are left out by the caller. */
export interface Movement {
  readonly causeKind: CauseKind;
  /** Together with the kind, the movement and the two accounts: the entry's identity. A repeat moves nothing. */
  readonly causeId: string;
  readonly movement: MovementKind;
  readonly from: AccountRef;
  readonly to: AccountRef;
  readonly amountMicros: Micros;
  readonly eventAt: Date;
  readonly clipId?: string;
  readonly settlementId?: string;
}

/** An account as it is under its lock. */
export interface LockedAccount {
  readonly id: string;
  readonly kind: AccountKind;
  readonly campaignId: string | null;
  readonly userId: string | null;
  readonly balanceMicros: Micros;
  readonly version: bigint;
}

const keyOf = (ref: { kind: string; campaignId?: string | null | undefined; userId?: string | null | undefined }) =>
  `${ref.kind}/${ref.campaignId ?? ''}/${ref.userId ?? ''}`;

const uniqueRefs = (refs: readonly AccountRef[]) => [...new Map(refs.map((ref) => [keyOf(ref), ref])).values()];

const columns = (refs: readonly AccountRef[]): string[] => [
  arrayLiteral(refs.map((ref) => ref.kind)),
  arrayLiteral(refs.map((ref) => ref.campaignId ?? null)),
  arrayLiteral(refs.map((ref) => ref.userId ?? null)),
];

/** Creates the accounts that do not exist yet, with a balance of zero. A row that another transaction makes at the same time is kept. */
export async function ensureAccounts(tx: Tx, refs: readonly AccountRef[]): Promise<void> {
  const unique = uniqueRefs(refs);
  await tx.query(
    `INSERT INTO ledger_accounts (id, kind, campaign_id, user_id)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) AS wanted (id, kind, campaign_id, user_id)
     ORDER BY kind, campaign_id, user_id
     ON CONFLICT ON CONSTRAINT ledger_accounts_owner_key DO NOTHING`,
    [arrayLiteral(unique.map(() => uuidv7())), ...columns(unique)],
  );
}

/** One look-up for each shape of owner, because no index answers IS NOT DISTINCT FROM. */
const ACCOUNTS_WANTED = [
  'a.campaign_id = w.campaign_id AND a.user_id = w.user_id',
  'a.campaign_id = w.campaign_id AND w.user_id IS NULL AND a.user_id IS NULL',
  'w.campaign_id IS NULL AND a.campaign_id IS NULL AND a.user_id = w.user_id',
  'w.campaign_id IS NULL AND a.campaign_id IS NULL AND w.user_id IS NULL AND a.user_id IS NULL',
]
  .map(
    (owner) => `SELECT a.id FROM unnest($1::text[], $2::uuid[], $3::uuid[]) AS w (kind, campaign_id, user_id)
       JOIN ledger_accounts a ON a.kind = w.kind AND a.currency = 'USD' AND ${owner}`,
  )
  .join(' UNION ALL ');

/**
 * Locks accounts in id order, the last locks of the system's lock order, and returns them by owner.
 * Fails if one does not exist: accounts are made before money reaches them (`ensureAccounts`).
 */
export async function lockAccounts(tx: Tx, refs: readonly AccountRef[]): Promise<(ref: AccountRef) => LockedAccount> {
  const { rows } = await tx.query<{
    id: string;
    kind: AccountKind;
    campaign_id: string | null;
    user_id: string | null;
    balance: string;
    version: string;
  }>(
    prepared(`SELECT id, kind, campaign_id, user_id, balance, version FROM ledger_accounts
     WHERE id = ANY (ARRAY(${ACCOUNTS_WANTED})) ORDER BY id FOR NO KEY UPDATE`),
    columns(uniqueRefs(refs)),
  );
  const found = new Map(
    rows.map((row) => [
      keyOf({ kind: row.kind, campaignId: row.campaign_id, userId: row.user_id }),
      {
        id: row.id,
        kind: row.kind,
        campaignId: row.campaign_id,
        userId: row.user_id,
        balanceMicros: microsFromNumeric(row.balance),
        version: BigInt(row.version),
      },
    ]),
  );
  return (ref) => {
    const account = found.get(keyOf(ref));
    if (!account) throw new Error(`There is no ledger account ${keyOf(ref)}`);
    return account;
  };
}

/** A balance after a movement, for the events that announce it. */
export interface MovedBalance {
  readonly accountId: string;
  readonly kind: AccountKind;
  readonly campaignId: string | null;
  readonly userId: string | null;
  readonly balanceMicros: Micros;
  readonly version: bigint;
}

/**
 * Moves money: locks the accounts, appends the entries and changes the balances by exactly the entries that were new.
 * A movement that is already in the ledger (same cause, movement and accounts) is skipped, so a repeat moves nothing.
 * A balance that would fall below zero fails on its CHECK and takes the whole transaction with it.
 *
 * @returns the accounts whose balance changed, as they are now
 */
export async function moveMoney(tx: Tx, movements: readonly Movement[]): Promise<MovedBalance[]> {
  if (movements.length === 0) return [];
  const account = await lockAccounts(
    tx,
    movements.flatMap((m) => [m.from, m.to]),
  );
  const { rows } = await tx.query<{
    id: string;
    kind: AccountKind;
    campaign_id: string | null;
    user_id: string | null;
    balance: string;
    version: string;
  }>(
    prepared(`WITH written AS (
       INSERT INTO ledger_entries (cause_kind, cause_id, movement, from_account, to_account, amount, clip_id, settlement_id, event_at)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::numeric[], $7::uuid[], $8::uuid[], $9::timestamptz[])
       ON CONFLICT ON CONSTRAINT ledger_entries_once DO NOTHING
       RETURNING from_account, to_account, amount),
     change AS (
       SELECT account, sum(amount) AS amount FROM (
         SELECT from_account AS account, -amount AS amount FROM written
         UNION ALL SELECT to_account, amount FROM written) AS sides
       GROUP BY account)
     UPDATE ledger_accounts a SET balance = a.balance + change.amount, version = a.version + 1
     FROM change WHERE a.id = change.account
     RETURNING a.id, a.kind, a.campaign_id, a.user_id, a.balance, a.version`),
    [
      arrayLiteral(movements.map((m) => m.causeKind)),
      arrayLiteral(movements.map((m) => m.causeId)),
      arrayLiteral(movements.map((m) => m.movement)),
      arrayLiteral(movements.map((m) => account(m.from).id)),
      arrayLiteral(movements.map((m) => account(m.to).id)),
      arrayLiteral(movements.map((m) => numericFromMicros(m.amountMicros))),
      arrayLiteral(movements.map((m) => m.clipId ?? null)),
      arrayLiteral(movements.map((m) => m.settlementId ?? null)),
      arrayLiteral(movements.map((m) => m.eventAt)),
    ],
  );
  return rows.map((row) => ({
    accountId: row.id,
    kind: row.kind,
    campaignId: row.campaign_id,
    userId: row.user_id,
    balanceMicros: microsFromNumeric(row.balance),
    version: BigInt(row.version),
  }));
}

/**
 * Asserts, after the money has moved, that a campaign's account holds what its row says is left. An accrual that the
 * ledger had already would otherwise raise `spent` and move nothing.
 */
export function assertBudget(balances: readonly MovedBalance[], campaignId: string, leftMicros: Micros): void {
  const moved = balances.find((balance) => balance.kind === 'budget' && balance.campaignId === campaignId);
  if (moved && moved.balanceMicros !== leftMicros)
    throw new Error(`Campaign ${campaignId} has ${leftMicros} micros left and ${moved.balanceMicros} in its account`);
}

/** The sum of some movements, for summaries and assertions. */
export const totalOf = (movements: readonly Movement[]): Micros => sumMicros(movements.map((m) => m.amountMicros));
