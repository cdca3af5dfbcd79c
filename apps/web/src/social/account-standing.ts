'use client';

import { type AccountState, accountState } from '@clipmeter/core/account-proof';
import { subscribeToClock } from '@clipmeter/ui/clock';
import { useSyncExternalStore } from 'react';
import type { SocialAccountRow } from '#src/client/outputs.ts';

const msOf = (time: string | null) => (time === null ? null : Date.parse(time));

/** How an account stands at a time. */
export function standingOf(account: SocialAccountRow, nowMs: number): AccountState {
  return accountState(
    {
      ...account,
      verifiedAtMs: msOf(account.verifiedAt),
      codeExpiresAtMs: msOf(account.codeExpiresAt),
      checkRequestedAtMs: msOf(account.checkRequestedAt),
      checkedAtMs: msOf(account.checkedAt),
    },
    nowMs,
  );
}

/** The same now: a code expires while one looks at it. */
export function useStanding(account: SocialAccountRow): AccountState {
  const expiresAtMs = msOf(account.codeExpiresAt);
  // Renders again when that changes, not each second. The server's clock is not the reader's.
  const isExpired = useSyncExternalStore(
    subscribeToClock,
    () => expiresAtMs !== null && Date.now() >= expiresAtMs,
    () => false,
  );
  return standingOf(account, isExpired ? Number.MAX_SAFE_INTEGER : 0);
}
