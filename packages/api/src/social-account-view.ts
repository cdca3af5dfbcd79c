import type { SocialAccount } from '@clipmeter/db/social-account';
import type { SocialAccountView } from '#src/output/social-account.ts';

/** An account as its clipper's pages take it. */
export function toSocialAccountView(account: SocialAccount): SocialAccountView {
  return {
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
    createdAt: account.createdAt.toISOString(),
    version: account.version,
  };
}
