import { createLoader, parseAsStringLiteral } from 'nuqs/server';

export const ACTIVITY_FILTERS = ['news', 'money', 'all'] as const;
export type ActivityFilter = (typeof ACTIVITY_FILTERS)[number];

export const ACTIVITY_WORDS: Record<ActivityFilter, string> = {
  news: 'News',
  money: 'Credits',
  all: 'Everything',
};

/** Which part of the feed is shown, kept in the URL. */
export const activityParsers = { activity: parseAsStringLiteral(ACTIVITY_FILTERS).withDefault('news') };
export const loadActivityFilter = createLoader(activityParsers);

/** The feed as the page and its prefetch ask for it. */
export const activityInput = (show: ActivityFilter) => ({ show, limit: 30 });
