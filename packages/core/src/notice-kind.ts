/** What a person may choose to have by mail: each group is one switch on the page of preferences. */
export const NOTICE_GROUPS = [
  'submissions',
  'verification',
  'campaign_started',
  'budget',
  'campaign_completed',
  'payouts',
  'system',
] as const;
export type NoticeGroup = (typeof NOTICE_GROUPS)[number];

export interface NoticeGroupWords {
  readonly label: string;
  /** What is in it, in one sentence. */
  readonly description: string;
  /** Whether it is mailed until somebody says otherwise. */
  readonly mailedByDefault: boolean;
}

const GROUPS: Record<NoticeGroup, NoticeGroupWords> = {
  submissions: {
    label: 'Submissions',
    description: 'A clip of yours was approved, not accepted, put on hold or revoked.',
    mailedByDefault: true,
  },
  verification: {
    label: 'Social accounts',
    description: 'An account was verified, or could not be.',
    mailedByDefault: true,
  },
  campaign_started: {
    label: 'New campaigns',
    description: 'A campaign has started and takes clips.',
    mailedByDefault: false,
  },
  budget: {
    label: 'Budgets',
    description: 'A campaign has spent 90 or 95 % of its budget.',
    mailedByDefault: true,
  },
  campaign_completed: {
    label: 'Completed campaigns',
    description: 'A campaign has ended, with what you earned in it.',
    mailedByDefault: true,
  },
  payouts: {
    label: 'Payouts',
    description: 'Each step of a payout.',
    mailedByDefault: true,
  },
  system: {
    label: 'System',
    description: 'What concerns your account as a whole.',
    mailedByDefault: true,
  },
};

/** The words of a group of notices. */
export function noticeGroupWords(group: NoticeGroup): NoticeGroupWords {
  return GROUPS[group];
}

/** Every kind of notice, and the group whose preference it follows. */
const KINDS = {
  'submission.approved': 'submissions',
  'submission.rejected': 'submissions',
  'submission.held': 'submissions',
  'submission.released': 'submissions',
  'submission.revoked': 'submissions',
  'submission.reversed': 'submissions',
  'link.failed': 'submissions',
  'account.verified': 'verification',
  'account.not_verified': 'verification',
  'campaign.started': 'campaign_started',
  'campaign.budget': 'budget',
  'campaign.completed': 'campaign_completed',
  'clip.unread_at_close': 'campaign_completed',
  'payout.requested': 'payouts',
  'payout.approved': 'payouts',
  'payout.rejected': 'payouts',
  'payout.paid': 'payouts',
  'payout.returned': 'payouts',
  'system.role_changed': 'system',
  'system.message': 'system',
} as const satisfies Record<string, NoticeGroup>;

export type NoticeKind = keyof typeof KINDS;
export const NOTICE_KINDS = Object.keys(KINDS).filter(isNoticeKind);

/** Whether a text names a kind of notice. */
export function isNoticeKind(text: string): text is NoticeKind {
  return Object.hasOwn(KINDS, text);
}

/** The group whose preference a kind follows. */
export function noticeGroupOf(kind: NoticeKind): NoticeGroup {
  return KINDS[kind];
}
