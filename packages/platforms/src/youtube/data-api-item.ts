import { z } from 'zod';
import { missing, type ReadItem, shownVideo } from '#src/read-item.ts';
import { wireCount, wireId, wireInstant, wireText } from '#src/wire-value.ts';
import { readIsoDuration } from '#src/youtube/duration.ts';

const thumbnail = z.looseObject({ url: wireText }).nullish().catch(null);
const thumbnails = z
  .looseObject({ maxres: thumbnail, standard: thumbnail, high: thumbnail, medium: thumbnail, default: thumbnail })
  .nullish()
  .catch(null);

/** A video of `videos.list`; its counts are strings of digits. */
const dataApiItem = z.looseObject({
  id: wireId,
  snippet: z
    .looseObject({ publishedAt: wireInstant, channelId: wireId, title: wireText, thumbnails })
    .nullish()
    .catch(null),
  contentDetails: z.looseObject({ duration: wireText }).nullish().catch(null),
  status: z.looseObject({ privacyStatus: wireText }).nullish().catch(null),
  statistics: z
    .looseObject({ viewCount: wireCount, likeCount: wireCount, commentCount: wireCount })
    .nullish()
    .catch(null),
});

type DataApiItem = z.infer<typeof dataApiItem>;

/** Reads a video of the Data API; null if it is no object. */
export function readDataApiItem(raw: unknown): ReadItem | null {
  const parsed = dataApiItem.safeParse(raw);
  if (!parsed.success) return null;
  return { externalId: parsed.data.id, askedUrls: [], ownUrls: [], outcome: outcomeOf(parsed.data, raw) };
}

function outcomeOf({ snippet, contentDetails, status, statistics }: DataApiItem, raw: unknown): ReadItem['outcome'] {
  if (status?.privacyStatus === 'private') return missing('private', 'privacyStatus private');
  return shownVideo({
    counts: { views: statistics?.viewCount ?? null },
    engagement: { likes: statistics?.likeCount ?? null, comments: statistics?.commentCount ?? null },
    authorId: snippet?.channelId ?? null,
    // The API gives the channel's title, which is no handle.
    authorHandle: null,
    publishedAt: snippet?.publishedAt ?? null,
    title: snippet?.title ?? null,
    thumbnailUrl: bestThumbnail(snippet?.thumbnails ?? null),
    durationMs: readIsoDuration(contentDetails?.duration ?? null),
    raw,
  });
}

function bestThumbnail(sizes: z.infer<typeof thumbnails>): string | null {
  const bestFirst = [sizes?.maxres, sizes?.standard, sizes?.high, sizes?.medium, sizes?.default];
  return bestFirst.find((size) => size?.url != null)?.url ?? null;
}
