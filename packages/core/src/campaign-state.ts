import { canOf, type StateTable, statusAfter } from '#src/state-table.ts';

export const CAMPAIGN_STATUSES = ['DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** Why a campaign is over. It has one exactly when its status is final. */
export const COMPLETION_REASONS = ['BUDGET', 'DEADLINE', 'ADMIN', 'CANCELLED'] as const;
export type CompletionReason = (typeof COMPLETION_REASONS)[number];

export type CampaignAction =
  | 'publish'
  | 'schedule'
  | 'start'
  | 'pause'
  | 'resume'
  | 'complete'
  | 'cancel'
  | 'topUp'
  | 'edit'
  | 'archive'
  | 'restore';

/**
 *   DRAFT ──schedule──▶ SCHEDULED ──start──▶ ACTIVE ◀──resume── PAUSED
 *     └──────────publish────────────────────▶ │ └─────pause─────▶ │
 *                                             └─────complete──────┴──▶ COMPLETED
 *   any of the four ──cancel──▶ CANCELLED
 *
 * The last two are final: a finished campaign is never reopened or topped up.
 */
export const CAMPAIGN_ACTIONS: StateTable<CampaignStatus, CampaignAction> = {
  publish: { from: ['DRAFT'], to: 'ACTIVE', words: 'published' },
  schedule: { from: ['DRAFT'], to: 'SCHEDULED', words: 'scheduled' },
  start: { from: ['SCHEDULED'], to: 'ACTIVE', words: 'started' },
  pause: { from: ['ACTIVE'], to: 'PAUSED', words: 'paused' },
  resume: { from: ['PAUSED'], to: 'ACTIVE', words: 'resumed' },
  complete: { from: ['ACTIVE', 'PAUSED'], to: 'COMPLETED', words: 'completed' },
  cancel: { from: ['DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED'], to: 'CANCELLED', words: 'cancelled' },
  topUp: { from: ['DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED'], to: null, words: 'topped up' },
  edit: { from: ['DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED'], to: null, words: 'edited' },
  // Hides it from lists. What still runs cannot be hidden: somebody has to look after it.
  archive: { from: ['DRAFT', 'COMPLETED', 'CANCELLED'], to: null, words: 'archived' },
  restore: { from: ['DRAFT', 'COMPLETED', 'CANCELLED'], to: null, words: 'restored' },
};

/** `campaignCan.pause(campaign)`: whether its status allows the action. */
export const campaignCan = canOf(CAMPAIGN_ACTIONS);

/**
 * The campaign's status after an action.
 *
 * @throws DomainError WRONG_STATE
 */
export function campaignStatusAfter(campaign: { status: CampaignStatus }, action: CampaignAction): CampaignStatus {
  return statusAfter(CAMPAIGN_ACTIONS, 'campaign', campaign, action);
}

/** Whether the campaign is over for good. */
export function isFinal(campaign: { status: CampaignStatus }): boolean {
  return campaign.status === 'COMPLETED' || campaign.status === 'CANCELLED';
}
