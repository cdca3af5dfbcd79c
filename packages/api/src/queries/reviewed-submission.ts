import { DomainError } from '@clipmeter/core/domain-error';
import { formatDecimal } from '@clipmeter/core/money';
import { readReviewRow } from '@clipmeter/db/read-review';
import { readReviewedSubmission } from '@clipmeter/db/read-reviewed-submission';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { readSubmissionHistory } from '@clipmeter/db/read-submission-history';
import type { SignedInContext } from '#src/context.ts';
import { toItems } from '#src/queries/review-queue.ts';

/**
 * One submission in full, for an admin.
 *
 * @throws DomainError NOT_FOUND
 */
export function reviewedSubmission({ pool, now }: SignedInContext, { id }: { id: string }) {
  return readSnapshot(pool, async (tx) => {
    const row = await readReviewRow(tx, id);
    const standing = await readReviewedSubmission(tx, id);
    const [item] = row === null ? [] : await toItems(tx, [row], now());
    if (item === undefined || standing === null) throw new DomainError('NOT_FOUND', 'There is no such submission.');
    const history = await readSubmissionHistory(tx, id);
    const { status, campaignStatus, isBusy, terms, reversalTo } = standing;
    return {
      item,
      status,
      campaignStatus,
      isBusy,
      terms: terms && {
        metric: terms.metric,
        initialViews: Number(terms.initialViews),
        ratePer1000: formatDecimal(terms.rateMicros),
      },
      earned: formatDecimal(standing.earnedMicros),
      reversed: formatDecimal(standing.reversedMicros),
      reversible: formatDecimal(standing.reversibleMicros),
      reversalTo,
      history: history.map(({ amountMicros, at, ...rest }) => ({
        ...rest,
        amount: amountMicros === null ? null : formatDecimal(amountMicros),
        at: at.toISOString(),
      })),
    };
  });
}
