import { type AccountFacts, type CheckOutcome, CODE_TRIES_MAX } from '@clipmeter/core/account-proof';
import type { Platform } from '@clipmeter/core/platform';
import { userTopic } from '@clipmeter/realtime/topic';
import type { Queryable } from '#src/connect.ts';
import { appendEvents } from '#src/event-log.ts';
import type { Tx } from '#src/transaction.ts';

/** A clipper's account on a platform, proved or not. */
export interface SocialAccount {
  readonly id: string;
  readonly userId: string;
  readonly platform: Platform;
  readonly handle: string;
  readonly displayName: string | null;
  /** The platform's immutable id, once it is proved. */
  readonly externalId: string | null;
  readonly verifiedAt: Date | null;
  /** What goes into the bio; null once it is proved. */
  readonly code: string | null;
  readonly codeExpiresAt: Date | null;
  /** Looks at the profile with this code. */
  readonly attempts: number;
  readonly checkRequestedAt: Date | null;
  readonly checkedAt: Date | null;
  readonly checkOutcome: CheckOutcome | null;
  readonly removedAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}

interface Columns {
  id: string;
  user_id: string;
  platform: Platform;
  handle: string;
  display_name: string | null;
  external_id: string | null;
  verified_at: Date | null;
  code: string | null;
  code_expires_at: Date | null;
  attempts: number;
  check_requested_at: Date | null;
  checked_at: Date | null;
  check_outcome: CheckOutcome | null;
  removed_at: Date | null;
  created_at: Date;
  version: string;
}

const COLUMNS = `id, user_id, platform, handle, display_name, external_id, verified_at, code, code_expires_at, attempts,
  check_requested_at, checked_at, check_outcome, removed_at, created_at, version`;

const accountOf = (row: Columns): SocialAccount => ({
  id: row.id,
  userId: row.user_id,
  platform: row.platform,
  handle: row.handle,
  displayName: row.display_name,
  externalId: row.external_id,
  verifiedAt: row.verified_at,
  code: row.code,
  codeExpiresAt: row.code_expires_at,
  attempts: row.attempts,
  checkRequestedAt: row.check_requested_at,
  checkedAt: row.checked_at,
  checkOutcome: row.check_outcome,
  removedAt: row.removed_at,
  createdAt: row.created_at,
  version: Number(row.version),
});

const one = async (client: Queryable, sql: string, values: unknown[]): Promise<SocialAccount | null> => {
  const { rows } = await client.query<Columns>(sql, values);
  return rows[0] === undefined ? null : accountOf(rows[0]);
};

/** What the state of an account follows from. */
export function accountFacts(account: SocialAccount): AccountFacts {
  const { platform, handle, attempts, checkOutcome } = account;
  return {
    platform,
    handle,
    attempts,
    checkOutcome,
    verifiedAtMs: account.verifiedAt?.getTime() ?? null,
    codeExpiresAtMs: account.codeExpiresAt?.getTime() ?? null,
    checkRequestedAtMs: account.checkRequestedAt?.getTime() ?? null,
    checkedAtMs: account.checkedAt?.getTime() ?? null,
  };
}

/** Whoever's it is, removed ones too. */
export function findSocialAccount(client: Queryable, id: string): Promise<SocialAccount | null> {
  return one(client, `SELECT ${COLUMNS} FROM social_accounts WHERE id = $1`, [id]);
}

/** A clipper's accounts that are not removed, in the order in which they were added. */
export async function readSocialAccounts(client: Queryable, userId: string): Promise<SocialAccount[]> {
  const { rows } = await client.query<Columns>(
    `SELECT ${COLUMNS} FROM social_accounts WHERE user_id = $1 AND removed_at IS NULL ORDER BY created_at, id`,
    [userId],
  );
  return rows.map(accountOf);
}

/** Those whose profiles are to be read now, the longest waiting first. */
export async function readAccountsToCheck(client: Queryable, limit: number): Promise<SocialAccount[]> {
  const { rows } = await client.query<Columns>(
    `SELECT ${COLUMNS} FROM social_accounts WHERE ${READING} ORDER BY check_requested_at LIMIT $1`,
    [limit],
  );
  return rows.map(accountOf);
}

const READING = `check_requested_at IS NOT NULL AND removed_at IS NULL AND (checked_at IS NULL OR checked_at < check_requested_at)`;

export interface NewSocialAccount {
  readonly id: string;
  readonly userId: string;
  readonly platform: Platform;
  readonly handle: string;
  readonly code: string;
  readonly codeExpiresAt: Date;
  readonly at: Date;
}

/** Null: the clipper has that handle already, or the id is taken, and nothing was written. */
export function insertSocialAccount(tx: Tx, account: NewSocialAccount): Promise<SocialAccount | null> {
  return one(
    tx,
    `INSERT INTO social_accounts (id, user_id, platform, handle, code, code_expires_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [account.id, account.userId, account.platform, account.handle, account.code, account.codeExpiresAt, account.at],
  );
}

interface OwnAccount {
  readonly id: string;
  readonly userId: string;
}

/** Gives an account another code; tries are counted anew. Null: it is proved, removed, being read, or not theirs. */
export function renewCode(
  tx: Tx,
  { id, userId, code, codeExpiresAt }: OwnAccount & { code: string; codeExpiresAt: Date },
): Promise<SocialAccount | null> {
  return one(
    tx,
    `UPDATE social_accounts SET code = $3, code_expires_at = $4, attempts = 0, check_requested_at = NULL, checked_at = NULL,
       check_outcome = NULL, version = version + 1
     WHERE id = $1 AND user_id = $2 AND removed_at IS NULL AND verified_at IS NULL AND NOT (${READING}) RETURNING ${COLUMNS}`,
    [id, userId, code, codeExpiresAt],
  );
}

/** Has the profile read. Null: nothing to prove, no good code, or it is being read already. */
export function requestCheck(tx: Tx, { id, userId, at }: OwnAccount & { at: Date }): Promise<SocialAccount | null> {
  return one(
    tx,
    `UPDATE social_accounts SET check_requested_at = $3, check_outcome = NULL, attempts = attempts + 1, version = version + 1
     WHERE id = $1 AND user_id = $2 AND removed_at IS NULL AND verified_at IS NULL AND code_expires_at > $3
       AND attempts < ${CODE_TRIES_MAX} AND NOT (${READING}) RETURNING ${COLUMNS}`,
    [id, userId, at],
  );
}

/** An account as its platform showed it. */
export interface ShownAccount {
  readonly externalId: string;
  readonly handle: string;
  readonly displayName: string | null;
}

/**
 * Writes what came of a request to look at a profile: once, whoever answers first. A look that told nothing does not count
 * as a try. Null: it was answered before, or the account is removed.
 */
export function finishCheck(
  tx: Tx,
  check: {
    id: string;
    requestedAt: Date;
    at: Date;
    outcome: CheckOutcome;
    /** When it is VERIFIED. */
    shown: ShownAccount | null;
  },
): Promise<SocialAccount | null> {
  const { outcome, shown } = check;
  return one(
    tx,
    `UPDATE social_accounts SET checked_at = GREATEST($3, check_requested_at), check_outcome = $4, version = version + 1,
       attempts = CASE WHEN $4 = 'UNREADABLE' THEN GREATEST(0, attempts - 1) ELSE attempts END,
       verified_at = CASE WHEN $4 = 'VERIFIED' THEN $3::timestamptz END,
       external_id = $5, handle = COALESCE($6, handle), display_name = COALESCE($7, display_name),
       code = CASE WHEN $4 = 'VERIFIED' THEN NULL ELSE code END,
       code_expires_at = CASE WHEN $4 = 'VERIFIED' THEN NULL ELSE code_expires_at END
     WHERE id = $1 AND check_requested_at = $2 AND verified_at IS NULL AND ${READING} RETURNING ${COLUMNS}`,
    [
      check.id,
      check.requestedAt,
      check.at,
      outcome,
      shown?.externalId ?? null,
      shown?.handle ?? null,
      shown?.displayName ?? null,
    ],
  );
}

/** Whether somebody has proved the account with this id; at most one clipper can. */
export async function isProved(client: Queryable, platform: Platform, externalId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT 1 FROM social_accounts WHERE platform = $1 AND external_id = $2 AND verified_at IS NOT NULL AND removed_at IS NULL',
    [platform, externalId],
  );
  return rowCount === 1;
}

/** How many submissions that may still earn were made from an account. */
export async function countLiveSubmissions(tx: Tx, accountId: string): Promise<number> {
  const { rows } = await tx.query<{ live: string }>(
    `SELECT count(*) AS live FROM clip_submissions s JOIN campaigns c ON c.id = s.campaign_id
     WHERE s.social_account_id = $1 AND s.status IN ('PENDING', 'APPROVED') AND c.completed_at IS NULL`,
    [accountId],
  );
  return Number(rows[0]?.live ?? 0);
}

/** Takes an account off a clipper's list; what was submitted from it keeps naming it. Null: it is gone, or not theirs. */
export function removeSocialAccount(
  tx: Tx,
  { id, userId, at }: OwnAccount & { at: Date },
): Promise<SocialAccount | null> {
  return one(
    tx,
    `UPDATE social_accounts SET removed_at = $3, version = version + 1 WHERE id = $1 AND user_id = $2 AND removed_at IS NULL
     RETURNING ${COLUMNS}`,
    [id, userId, at],
  );
}

/** Tells its clipper's pages how an account stands. The last write of an operation. */
export async function announceSocialAccount(tx: Tx, account: SocialAccount, at: Date): Promise<void> {
  await appendEvents(tx, [
    {
      topic: userTopic(account.userId),
      type: 'account.changed',
      payload: {
        accountId: account.id,
        platform: account.platform,
        handle: account.handle,
        displayName: account.displayName,
        code: account.code,
        codeExpiresAt: account.codeExpiresAt?.toISOString() ?? null,
        attempts: account.attempts,
        verifiedAt: account.verifiedAt?.toISOString() ?? null,
        checkRequestedAt: account.checkRequestedAt?.toISOString() ?? null,
        checkedAt: account.checkedAt?.toISOString() ?? null,
        checkOutcome: account.checkOutcome,
        removed: account.removedAt !== null,
        createdAt: account.createdAt.toISOString(),
        version: account.version,
        at: at.toISOString(),
      },
    },
  ]);
}
