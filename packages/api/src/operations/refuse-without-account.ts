import { DomainError } from '@clipmeter/core/domain-error';
import { type Platform, platformName } from '@clipmeter/core/platform';
import { findVerifiedAccount } from '@clipmeter/db/transact-submission';
import type { Tx } from '@clipmeter/db/transaction';

/**
 * A proved account of the clipper on the platform. Which of several a video is really by, its first read says.
 *
 * @throws DomainError WRONG_STATE
 */
export async function refuseWithoutAccount(tx: Tx, userId: string, platform: Platform): Promise<string> {
  const accountId = await findVerifiedAccount(tx, userId, platform);
  if (accountId !== null) return accountId;
  throw accountWanted(platform);
}

/** The refusal of a video from a platform on which the clipper has proved no account. */
export function accountWanted(platform: Platform): DomainError {
  const name = platformName(platform);
  const article = /^[AEIOUX]/.test(name) ? 'an' : 'a';
  return new DomainError(
    'WRONG_STATE',
    `Verify ${article} ${name} account of yours first: clips count only from there.`,
  );
}
