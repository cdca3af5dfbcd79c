import { canOf, type StateTable, statusAfter } from '#src/state-table.ts';

export const PAYOUT_STATUSES = ['PENDING', 'APPROVED', 'PROCESSING', 'COMPLETED', 'REJECTED', 'CANCELLED'] as const;
export type PayoutStatus = (typeof PAYOUT_STATUSES)[number];

export type PayoutAction = 'approve' | 'reject' | 'cancel' | 'start' | 'putBack' | 'complete' | 'markReturned';

/**
 *   PENDING ──approve──▶ APPROVED ──start──▶ PROCESSING ──complete──▶ COMPLETED
 *      │ └────reject────────┤ ▲                  │
 *      │                    ▼ └─────putBack──────┘
 *      └──cancel──▶ …    REJECTED
 *
 * putBack is for a payment of which it is known that nothing was paid. A completed payout that the provider returns
 * stays completed: the money goes back by its own cause. Completing an approved request passes through PROCESSING.
 */
export const PAYOUT_ACTIONS: StateTable<PayoutStatus, PayoutAction> = {
  approve: { from: ['PENDING'], to: 'APPROVED', words: 'approved' },
  reject: { from: ['PENDING', 'APPROVED'], to: 'REJECTED', words: 'rejected' },
  cancel: { from: ['PENDING'], to: 'CANCELLED', words: 'cancelled' },
  start: { from: ['APPROVED'], to: 'PROCESSING', words: 'started' },
  putBack: { from: ['PROCESSING'], to: 'APPROVED', words: 'put back' },
  complete: { from: ['PROCESSING'], to: 'COMPLETED', words: 'completed' },
  markReturned: { from: ['COMPLETED'], to: null, words: 'marked as returned' },
};

/** `payoutCan.approve(payout)`: whether its status allows the action. */
export const payoutCan = canOf(PAYOUT_ACTIONS);

/**
 * The payout request's status after an action.
 *
 * @throws DomainError WRONG_STATE
 */
export function payoutStatusAfter(payout: { status: PayoutStatus }, action: PayoutAction): PayoutStatus {
  return statusAfter(PAYOUT_ACTIONS, 'payout request', payout, action);
}
