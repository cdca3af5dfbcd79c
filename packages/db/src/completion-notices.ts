import type { CompletionReason } from '@clipmeter/core/campaign-state';
import { formatUsd, subtractMicros } from '@clipmeter/core/money';
import { microsFromNumeric } from '#src/micros-column.ts';
import type { NewNotification } from '#src/notify-users.ts';
import { readAdminIds } from '#src/read-admins.ts';
import type { Tx } from '#src/transaction.ts';

const WHY: Record<CompletionReason, string> = {
  BUDGET: 'Its budget is reached.',
  DEADLINE: 'Its deadline has come.',
  ADMIN: 'An admin completed it.',
  CANCELLED: 'An admin cancelled it.',
};

/** What every admin is told when a campaign has ended and its clippers have what they earned. */
export async function completionNotices(tx: Tx, campaignId: string): Promise<NewNotification[]> {
  const { rows } = await tx.query<{
    title: string;
    budget: string;
    spent: string;
    reason: CompletionReason;
    clippers: string;
  }>(
    `SELECT c.title, c.budget, c.spent, c.completion_reason AS reason,
       (SELECT count(*) FROM ledger_accounts a WHERE a.campaign_id = $1 AND a.kind = 'pending') AS clippers
     FROM campaigns c WHERE c.id = $1`,
    [campaignId],
  );
  const [campaign] = rows;
  if (!campaign) throw new Error(`No campaign ${campaignId}`);
  const { title, reason, clippers } = campaign;
  const budgetMicros = microsFromNumeric(campaign.budget);
  const spentMicros = microsFromNumeric(campaign.spent);
  const leftMicros = subtractMicros(budgetMicros, spentMicros);
  const earned =
    spentMicros === 0n
      ? 'Nobody earned anything.'
      : `${clippers === '1' ? '1 clipper' : `${clippers} clippers`} earned ${formatUsd(spentMicros)} of ${formatUsd(budgetMicros)}; it is available to them now.`;
  const left = leftMicros === 0n ? '' : ` ${formatUsd(leftMicros)} is left over.`;
  const admins = await readAdminIds(tx);
  return admins.map((userId) => ({
    userId,
    kind: 'campaign.completed',
    cause: campaignId,
    title: `${title} has ended`,
    body: `${WHY[reason]} ${earned}${left}`,
    link: `/campaigns/${campaignId}`,
  }));
}
