import type { SubmissionStatus } from '@clipmeter/core/submission-state';
import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';

/** What the list shows, by the name it has in the URL. */
export const SUBMISSIONS_SHOWN = ['all', 'waiting', 'approved', 'rejected', 'withdrawn', 'revoked'] as const;
export type SubmissionsShown = (typeof SUBMISSIONS_SHOWN)[number];

const STATUSES: Record<SubmissionsShown, SubmissionStatus | null> = {
  all: null,
  waiting: 'PENDING',
  approved: 'APPROVED',
  rejected: 'REJECTED',
  withdrawn: 'WITHDRAWN',
  revoked: 'REVOKED',
};

export const SHOWN_WORDS: Record<SubmissionsShown, string> = {
  all: 'All',
  waiting: 'Waiting',
  approved: 'Approved',
  rejected: 'Not accepted',
  withdrawn: 'Withdrawn',
  revoked: 'Revoked',
};

export const submissionFilterParsers = {
  status: parseAsStringLiteral(SUBMISSIONS_SHOWN).withDefault('all'),
  /** Of one campaign only, by its id. */
  campaign: parseAsString,
  /** The dialog that submits a clip is open: for a campaign by its id, or for any. */
  submit: parseAsString,
};
export type SubmissionFilter = inferParserType<typeof submissionFilterParsers>;

export const loadSubmissionFilter = createLoader(submissionFilterParsers);

export const statusOf = (shown: SubmissionsShown): SubmissionStatus | null => STATUSES[shown];

const PAGE_SIZE = 30;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the list asks for: the same on the server and in the browser, or the page would be fetched twice. */
export function submissionListInput({ status, campaign }: Pick<SubmissionFilter, 'status' | 'campaign'>) {
  const campaignId = campaign !== null && UUID.test(campaign) ? campaign : null;
  return { status: statusOf(status), campaignId, limit: PAGE_SIZE };
}
