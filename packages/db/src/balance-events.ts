import { formatDecimal } from '@clipmeter/core/money';
import { userTopic } from '@clipmeter/realtime/topic';
import type { NewEvent } from '#src/event-log.ts';
import type { MovedBalance } from '#src/ledger.ts';

/** What clippers own after money moved without a read: one event each. */
export function balanceEvents(balances: readonly MovedBalance[], now: Date): NewEvent[] {
  const byUser = Map.groupBy(
    balances.filter((balance) => balance.userId !== null),
    (balance) => balance.userId ?? '',
  );
  return [...byUser].map(([userId, list]) => ({
    topic: userTopic(userId),
    type: 'earnings.changed',
    payload: {
      userId,
      balances: list.map((balance) => ({
        kind: balance.kind,
        campaignId: balance.campaignId,
        balance: formatDecimal(balance.balanceMicros),
        version: Number(balance.version),
      })),
      clips: [],
      at: now.toISOString(),
    },
  }));
}
