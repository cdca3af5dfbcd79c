import { z } from 'zod';
import { addresses, missing, type ReadItem, shownVideo } from '#src/read-item.ts';
import { wireCount, wireId, wireInstant, wireText } from '#src/wire-value.ts';
import { readClockDuration } from '#src/youtube/duration.ts';

/** An item of `streamers/youtube-scraper`. */
const youtubeActorItem = z.looseObject({
  id: wireId,
  title: wireText,
  url: wireText,
  input: wireText,
  inputUrl: wireText,
  viewCount: wireCount,
  likes: wireCount,
  commentsCount: wireCount,
  date: wireInstant,
  duration: wireText,
  thumbnailUrl: wireText,
  channelId: wireId,
  channelName: wireText,
  channelUsername: wireText,
  error: wireText,
  errorCode: wireText,
  noResults: z.unknown().optional(),
});

type YoutubeActorItem = z.infer<typeof youtubeActorItem>;

/**
 * The actor's error rows carry a text, not a documented code. Only these words are taken for an answer about the video;
 * any other text is unknown, which costs a second read and nothing else.
 */
const PRIVATE = /\bprivate\b/i;
const NOT_FOUND =
  /\bnot[ _]found\b|\b(video|post) (is )?(unavailable|not available)\b|\b(removed|deleted|does not exist)\b/i;

/** Reads an item of the YouTube actor; null if it is no object. */
export function readYoutubeActorItem(raw: unknown): ReadItem | null {
  const parsed = youtubeActorItem.safeParse(raw);
  if (!parsed.success) return null;
  const item = parsed.data;
  return {
    externalId: item.id !== null && /^[0-9A-Za-z_-]{11}$/.test(item.id) ? item.id : null,
    askedUrls: addresses(item.input, item.inputUrl),
    ownUrls: addresses(item.url),
    outcome: outcomeOf(item, raw),
  };
}

function outcomeOf(item: YoutubeActorItem, raw: unknown): ReadItem['outcome'] {
  const error = addresses(item.errorCode, item.error).join(': ');
  if (error !== '') return missing(errorKind(error), error);
  if (item.noResults === true) return missing('unknown', 'noResults');
  return shownVideo({
    counts: { views: item.viewCount },
    engagement: { likes: item.likes, comments: item.commentsCount },
    authorId: item.channelId,
    authorHandle: item.channelUsername,
    publishedAt: item.date,
    title: item.title,
    thumbnailUrl: item.thumbnailUrl,
    durationMs: readClockDuration(item.duration),
    raw,
  });
}

function errorKind(error: string): 'private' | 'not_found' | 'unknown' {
  if (PRIVATE.test(error)) return 'private';
  return NOT_FOUND.test(error) ? 'not_found' : 'unknown';
}
