import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { readOpenCampaigns, readVerifiedAccounts } from '@clipmeter/db/read-submit-choices';
import type { SignedInContext } from '#src/context.ts';

/** As many as one looks through; a clip for another is submitted from its page. */
const CAMPAIGNS_MAX = 100;

/** The campaigns that take clips now, and the accounts that the viewer may submit from. */
export function submitChoices({ pool, viewer, now }: SignedInContext) {
  return readSnapshot(pool, async (tx) => ({
    campaigns: await readOpenCampaigns(tx, { now: now(), limit: CAMPAIGNS_MAX }),
    accounts: await readVerifiedAccounts(tx, viewer.userId),
  }));
}
