import { z } from 'zod';
import { addresses, missing, type ReadItem, shownVideo } from '#src/read-item.ts';
import { readInstant, wireCount, wireId, wireSeconds, wireText } from '#src/wire-value.ts';

const author = z.looseObject({ id: wireId, name: wireText }).nullish().catch(null);
const video = z.looseObject({ duration: wireSeconds, coverUrl: wireText }).nullish().catch(null);

/** An item of `clockworks/tiktok-scraper`: a video, or a row that says what went wrong with an address. */
const tiktokItem = z.looseObject({
  id: wireId,
  text: wireText,
  createTime: wireCount,
  createTimeISO: wireText,
  webVideoUrl: wireText,
  submittedVideoUrl: wireText,
  inputUrl: wireText,
  url: wireText,
  playCount: wireCount,
  diggCount: wireCount,
  shareCount: wireCount,
  commentCount: wireCount,
  collectCount: wireCount,
  authorMeta: author,
  videoMeta: video,
  error: wireText,
  errorCode: wireText,
  noResults: z.unknown().optional(),
});

type TiktokItem = z.infer<typeof tiktokItem>;

/** Codes that are an answer about the video. Every other code is about the actor's luck, and teaches nothing. */
const ANSWERS = new Map<string, 'not_found' | 'private'>([
  ['NOT_FOUND', 'not_found'],
  ['PRIVATE_POST', 'private'],
  ['PROFILE_PRIVATE', 'private'],
]);

/** Reads an item of the TikTok actor; null if it is no object. */
export function readTiktokItem(raw: unknown): ReadItem | null {
  const parsed = tiktokItem.safeParse(raw);
  if (!parsed.success) return null;
  const item = parsed.data;
  return {
    externalId: item.id !== null && /^\d{17,20}$/.test(item.id) ? item.id : null,
    askedUrls: addresses(item.submittedVideoUrl, item.inputUrl),
    ownUrls: addresses(item.url, item.webVideoUrl),
    outcome: outcomeOf(item, raw),
  };
}

function outcomeOf(item: TiktokItem, raw: unknown): ReadItem['outcome'] {
  if (item.error !== null || item.errorCode !== null) {
    const kind = ANSWERS.get(item.errorCode ?? '') ?? 'unknown';
    return missing(kind, addresses(item.errorCode, item.error).join(': '));
  }
  if (item.noResults === true) return missing('unknown', 'noResults');
  return shownVideo({
    counts: { plays: item.playCount },
    engagement: {
      likes: item.diggCount,
      comments: item.commentCount,
      shares: item.shareCount,
      saves: item.collectCount,
    },
    authorId: item.authorMeta?.id ?? null,
    authorHandle: item.authorMeta?.name ?? null,
    publishedAt: readInstant(item.createTimeISO) ?? fromUnixSeconds(item.createTime),
    title: item.text,
    thumbnailUrl: item.videoMeta?.coverUrl ?? null,
    durationMs: item.videoMeta?.duration ?? null,
    raw,
  });
}

/** Null for 0, which is sent for "not known", and for what a Date cannot hold. */
function fromUnixSeconds(seconds: bigint | null): Date | null {
  if (seconds === null || seconds === 0n || seconds > 8_640_000_000_000n) return null;
  return new Date(Number(seconds) * 1000);
}
