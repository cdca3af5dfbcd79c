import { PLATFORMS } from '@clipmeter/core/platform';
import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const REVIEW_TABS = ['waiting', 'asked', 'held', 'decided'] as const;
export type ReviewTab = (typeof REVIEW_TABS)[number];
/** The tabs from which something goes away when it is done. */
export type QueueTab = Exclude<ReviewTab, 'decided'>;

export const REVIEW_ORDERS = ['newest', 'oldest'] as const;

/** What the review page shows; all of it lives in the URL, the clip that is open too. */
export const reviewFilterParsers = {
  show: parseAsStringLiteral(REVIEW_TABS).withDefault('waiting'),
  campaign: parseAsString,
  platform: parseAsStringLiteral(PLATFORMS),
  sort: parseAsStringLiteral(REVIEW_ORDERS).withDefault('newest'),
  open: parseAsString,
};
export type ReviewFilter = inferParserType<typeof reviewFilterParsers>;

export const loadReviewFilter = createLoader(reviewFilterParsers);

export const TAB_WORDS: Record<ReviewTab, string> = {
  waiting: 'Waiting',
  asked: 'Approval asked',
  held: 'On hold',
  decided: 'Decided',
};

const PAGE_SIZE = 50;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const narrowing = ({ campaign, platform }: ReviewFilter) => ({
  limit: PAGE_SIZE,
  ...(campaign !== null && UUID.test(campaign) && { campaignId: campaign }),
  ...(platform !== null && { platform }),
});

/** What a queue asks for, the same on the server and in the browser; null: what was decided is shown. */
export function queueInput(filter: ReviewFilter) {
  const { show, sort } = filter;
  return show === 'decided' ? null : { ...narrowing(filter), queue: show, order: sort };
}

export const decisionsInput = narrowing;
