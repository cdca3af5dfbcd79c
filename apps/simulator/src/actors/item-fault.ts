import type { Row } from '#src/actors/actor.ts';
import type { ItemFault } from '#src/fault.ts';
import type { Platform } from '#src/platform.ts';
import { drawVideoId } from '#src/platform-id.ts';
import type { Random } from '#src/random.ts';
import { videoUrl } from '#src/video.ts';

const COUNT_FIELDS: Record<Platform, string[]> = {
  TIKTOK: ['playCount', 'diggCount', 'shareCount', 'commentCount', 'collectCount'],
  YOUTUBE: ['viewCount', 'likes', 'commentsCount'],
  INSTAGRAM: ['videoPlayCount', 'videoViewCount', 'likesCount', 'commentsCount'],
  X: ['viewCount', 'likeCount', 'replyCount', 'retweetCount', 'quoteCount', 'bookmarkCount'],
};

/** The share of its counts that a video keeps when a platform purges bots. */
const FALLEN_TO = 0.9;

/** TikTok's codes for what it will not show. */
const TIKTOK_CODES: Partial<Record<ItemFault, string>> = {
  private_post: 'PRIVATE_POST',
  private_profile: 'PROFILE_PRIVATE',
  empty_profile: 'PROFILE_EMPTY',
  invalid_urls: 'INVALID_URLS',
};

/** What becomes of a dataset under a fault. `share` is the share of rows that are hit. */
export function spoilRows(
  rows: Row[],
  fault: { kind: ItemFault; share?: number | undefined; metric?: 'plays' | 'views' | undefined },
  platform: Platform,
  random: Random,
): Row[] {
  const share = fault.share ?? (fault.kind === 'missing_items' ? 0.5 : 1);
  const isHit = () => random() < share;
  const replace = (change: (row: Row) => Row) => rows.map((row) => (isHit() ? change(row) : row));
  switch (fault.kind) {
    case 'empty':
      return [];
    case 'no_results':
      return replace(() => ({ noResults: true }));
    case 'mock_rows':
      return replace(() => ({ type: 'mock_tweet', id: -1, text: 'From KaitoEasyAPI, a reminder: no result.' }));
    case 'no_items':
      return replace((row) => noItemsRow(askedUrl(row)));
    case 'not_found':
      return replace((row) => notFoundRow(askedUrl(row), platform));
    case 'private_post':
    case 'private_profile':
    case 'empty_profile':
    case 'invalid_urls':
      return replace((row) => refusalRow(askedUrl(row), platform, fault.kind));
    case 'falling_counts':
      return replace((row) => withCounts(row, platform, (value) => Math.floor(value * FALLEN_TO)));
    case 'null_counts':
      return replace((row) => withCounts(row, platform, () => null));
    case 'negative_counts':
      return replace((row) => withCounts(row, platform, () => -1));
    case 'text_counts':
      return replace((row) => withCounts(row, platform, (value) => `${value / 1000}K views`));
    case 'metric_switch':
      return replace((row) => withoutMetric(row, fault.metric ?? 'plays'));
    case 'missing_items': {
      const kept = rows.filter(() => !isHit());
      // At least one is missing, however few were asked for.
      return kept.length === rows.length ? rows.slice(1) : kept;
    }
    case 'duplicates':
      return rows.flatMap((row) => (isHit() ? [row, row] : [row]));
    case 'shuffled':
      return shuffle(rows, random);
    case 'wrong_video':
      return replace((row) => withOtherId(row, platform, random));
  }
}

/** The URL that a row answers. */
function askedUrl(row: Row): string {
  for (const field of ['submittedVideoUrl', 'inputUrl', 'input', 'url']) {
    const value = row[field];
    if (typeof value === 'string') return value;
  }
  return '';
}

/** The ambiguous row: the page was there and nothing came of it. */
function noItemsRow(url: string): Row {
  return {
    url,
    inputUrl: url,
    error: 'no_items',
    errorDescription: 'Empty or private data for provided input',
    requestErrorMessages: ['Request blocked', 'Page did not load in time'],
  };
}

function notFoundRow(url: string, platform: Platform): Row {
  switch (platform) {
    case 'TIKTOK':
      return { url, error: 'Post not found or private.', errorCode: 'NOT_FOUND' };
    case 'YOUTUBE':
      return { url, input: url, error: 'This video is unavailable', note: 'NOT_FOUND' };
    case 'INSTAGRAM':
      return { url, inputUrl: url, error: 'not_found', errorDescription: 'Post does not exist' };
    case 'X':
      return { noResults: true };
  }
}

/** Only TikTok says what is wrong; the others answer with nothing. */
function refusalRow(url: string, platform: Platform, kind: ItemFault): Row {
  if (platform === 'TIKTOK') return { url, error: 'Post not found or private.', errorCode: TIKTOK_CODES[kind] };
  return platform === 'INSTAGRAM' ? noItemsRow(url) : notFoundRow(url, platform);
}

function withCounts(row: Row, platform: Platform, change: (value: number) => unknown): Row {
  const changed = { ...row };
  for (const field of COUNT_FIELDS[platform]) {
    const value = changed[field];
    if (typeof value === 'number') changed[field] = change(value);
  }
  return changed;
}

/** The address asked for stays, and what is shown is a video that nobody asked for, with counts of its own. */
function withOtherId(row: Row, platform: Platform, random: Random): Row {
  if ('error' in row || 'noResults' in row) return row;
  const id = drawVideoId(platform, Date.now(), random);
  const own = videoUrl({ platform, id, authorHandle: 'stranger' });
  const counted = withCounts(row, platform, (value) => value * 1_000 + 7);
  switch (platform) {
    case 'TIKTOK':
      return { ...counted, id, webVideoUrl: own };
    case 'INSTAGRAM':
      return { ...counted, id, shortCode: id, url: own };
    case 'YOUTUBE':
    case 'X':
      return { ...counted, id, url: own };
  }
}

/** Instagram sometimes leaves one of its two counts out. */
function withoutMetric(row: Row, metric: 'plays' | 'views'): Row {
  const field = metric === 'plays' ? 'videoPlayCount' : 'videoViewCount';
  return field in row ? { ...row, [field]: null } : row;
}

function shuffle(rows: Row[], random: Random): Row[] {
  return rows
    .map((row) => ({ row, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
}
