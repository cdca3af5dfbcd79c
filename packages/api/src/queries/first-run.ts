import { readAdminStart, readClipperStart } from '@clipmeter/db/read-first-run';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { readOwnSubmissions } from '@clipmeter/db/read-submissions';
import { readSocialAccounts } from '@clipmeter/db/social-account';
import type { ApiContext, SignedInContext } from '#src/context.ts';
import { toSocialAccountView } from '#src/social-account-view.ts';

/** A clipper's way to a first approval. */
export function clipperFirstRun({ pool, viewer: { userId } }: SignedInContext) {
  return readSnapshot(pool, async (tx) => {
    const start = await readClipperStart(tx, userId);
    const accounts = await readSocialAccounts(tx, userId);
    const [submission = null] = await readOwnSubmissions(tx, {
      userId,
      status: null,
      campaignId: null,
      after: null,
      limit: 1,
    });
    return { ...start, accounts: accounts.map(toSocialAccountView), submission };
  });
}

/** An empty Clipmeter's way to a first decision. */
export function adminFirstRun({ pool }: ApiContext) {
  return readSnapshot(pool, readAdminStart);
}
