import { auditWords } from '@clipmeter/core/audit-action';
import { formatUsd, parseMicros } from '@clipmeter/core/money';
import type { Activity } from '#src/client/outputs.ts';

/** A line of the feed around its subject: "Ada approved the clip" · subject · "in Launch". */
export interface ActivityWords {
  before: string;
  after: string;
}

const CLIP_CHANGES: Record<string, string> = { APPROVED: 'counts from now on' };

const CAMPAIGN_CHANGES: Record<string, string> = {
  ACTIVE: 'started',
  PAUSED: 'was paused',
  COMPLETED: 'is complete',
  CANCELLED: 'was cancelled',
};

const REASONS: Record<string, string> = {
  BUDGET: 'budget reached',
  DEADLINE: 'deadline reached',
  ADMIN: 'an admin ended it',
};

/** What happened, in words. A code that is not known here is shown as it is rather than hidden. */
export function activityWords(item: Activity): ActivityWords {
  const { kind, action, actor, subjectKind, reason } = item;
  if (kind === 'act') {
    // Whoever did something to themselves is named already.
    const isSelf = actor !== null && actor.id === item.subjectId;
    return {
      before: `${actor === null ? 'The system' : actor.name} ${auditWords(action)}`,
      after: [isSelf ? '' : inCampaign(item), reason === null ? '' : `: ${reason}`].join(''),
    };
  }
  if (kind === 'money') {
    const amount = item.amount === null ? '' : formatUsd(parseMicros(item.amount));
    return { before: `${amount} credited in`, after: action === 'CLOSING' ? ', by its closing round' : '' };
  }
  const changes = subjectKind === 'campaign' ? CAMPAIGN_CHANGES : CLIP_CHANGES;
  const why = reason === null ? '' : `: ${REASONS[reason] ?? reason}`;
  return { before: '', after: `${changes[action] ?? action.toLowerCase()}${inCampaign(item)}${why}` };
}

/** Whether the subject is named in the line. */
export const namesSubject = ({ kind, actor, subjectId }: Activity): boolean =>
  kind !== 'act' || actor?.id !== subjectId;

const inCampaign = ({ subjectKind, campaign }: Activity): string =>
  subjectKind === 'campaign' || campaign === null ? '' : ` in ${campaign.title}`;

/** Where the subject is looked at; null if nowhere. */
export function activityPath({ subjectKind, subjectId, subjectName }: Activity): string | null {
  switch (subjectKind) {
    case 'campaign':
      return `/campaigns/${subjectId}`;
    case 'submission':
      return `/clips/${subjectId}`;
    case 'user':
    case 'social_account':
      return subjectName === null ? '/people' : `/people?q=${encodeURIComponent(subjectName.replace(/^@/, ''))}`;
    default:
      return null;
  }
}
