import { budgetAlertsCrossed } from '@clipmeter/core/budget-alert';
import { addMicros, formatUsd, type Micros, subtractMicros } from '@clipmeter/core/money';
import type { LockedCampaign } from '#src/batch-locks.ts';
import { numericFromMicros } from '#src/micros-column.ts';
import { type NewNotification, notifyUsers } from '#src/notify-users.ts';
import { readAdminIds } from '#src/read-admins.ts';
import type { Tx } from '#src/transaction.ts';

/** A settlement of a campaign, which is as it was under its lock, before it. */
interface Settled {
  readonly campaign: LockedCampaign;
  readonly creditedMicros: Micros;
}

/**
 * Tells admins which parts of budgets these settlements spent, in their transaction. Each part is told once for a
 * campaign: after a top-up it may be crossed again, and its row says that it was told.
 */
export async function alertBudgets(tx: Tx, settlements: readonly Settled[], now: Date): Promise<void> {
  const crossed = settlements.flatMap(({ campaign, creditedMicros }) => {
    const { budgetMicros, spentMicros } = campaign;
    const spentAfterMicros = addMicros(spentMicros, creditedMicros);
    const percents = budgetAlertsCrossed({ budgetMicros, spentBeforeMicros: spentMicros, spentAfterMicros });
    return percents.map((percent) => ({ campaign, percent, spentAfterMicros }));
  });
  if (crossed.length === 0) return;
  const { rows } = await tx.query<{ campaign_id: string; percent: number }>(
    `INSERT INTO campaign_budget_alerts (campaign_id, percent, budget, spent, created_at)
     SELECT a.*, $5 FROM unnest($1::uuid[], $2::integer[], $3::numeric[], $4::numeric[]) AS a
     ON CONFLICT (campaign_id, percent) DO NOTHING RETURNING campaign_id, percent`,
    [
      crossed.map(({ campaign }) => campaign.id),
      crossed.map(({ percent }) => percent),
      crossed.map(({ campaign }) => numericFromMicros(campaign.budgetMicros)),
      crossed.map(({ spentAfterMicros }) => numericFromMicros(spentAfterMicros)),
      now,
    ],
  );
  const isNew = new Set(rows.map((row) => `${row.campaign_id} ${row.percent}`));
  const alerts = crossed.filter(({ campaign, percent }) => isNew.has(`${campaign.id} ${percent}`));
  if (alerts.length === 0) return;
  const admins = await readAdminIds(tx);
  const notices = alerts.flatMap(({ campaign, percent, spentAfterMicros }) =>
    admins.map((userId): NewNotification => {
      const leftMicros = subtractMicros(campaign.budgetMicros, spentAfterMicros);
      return {
        userId,
        kind: 'campaign.budget',
        cause: `${campaign.id} ${percent}`,
        title: `${campaign.title} has spent ${percent} % of its budget`,
        body: `${formatUsd(spentAfterMicros)} of ${formatUsd(campaign.budgetMicros)} is spent, ${formatUsd(leftMicros)} is left.`,
        link: `/campaigns/${campaign.id}`,
      };
    }),
  );
  await notifyUsers(tx, notices, now);
}
