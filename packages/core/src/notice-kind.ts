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
  /** Who is ever told any of it. */
  readonly told: 'clippers' | 'admins' | 'everyone';
}

const GROUPS: Record<NoticeGroup, NoticeGroupWords> = {
  submissions: {
    label: 'Submissions',
    description: 'A clip of yours was approved, not accepted, put on hold or revoked.',
    mailedByDefault: true,
    told: 'clippers',
  },
  verification: {
    label: 'Social accounts',
    description: 'An account was verified, or could not be.',
    mailedByDefault: true,
    told: 'clippers',
  },
  campaign_started: {
    label: 'New campaigns',
    description: 'A campaign has started and takes clips.',
    mailedByDefault: false,
    told: 'clippers',
  },
  budget: {
    label: 'Budgets',
    description: 'A campaign has spent 90 or 95 % of its budget.',
    mailedByDefault: true,
    told: 'admins',
  },
  campaign_completed: {
    label: 'Completed campaigns',
    description: 'A campaign has ended, with what you earned in it.',
    mailedByDefault: true,
    told: 'clippers',
  },
  payouts: {
    label: 'Payouts',
    description: 'Each step of a payout.',
    mailedByDefault: true,
    told: 'everyone',
  },
  system: {
    label: 'System',
    description: 'What concerns your account as a whole.',
    mailedByDefault: true,
    told: 'everyone',
  },
};

/** The words of a group of notices. */
export function noticeGroupWords(group: NoticeGroup): NoticeGroupWords {
  return GROUPS[group];
}

/** The groups that somebody of a role is told of, in the order in which they are listed. */
export function noticeGroupsFor(role: 'CLIPPER' | 'ADMIN'): NoticeGroup[] {
  const own = role === 'ADMIN' ? 'admins' : 'clippers';
  return NOTICE_GROUPS.filter((group) => GROUPS[group].told === own || GROUPS[group].told === 'everyone');
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
