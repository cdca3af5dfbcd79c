import { z } from 'zod';
import { addresses, missing, type ReadItem, shownVideo } from '#src/read-item.ts';
import { wireCount, wireId, wireInstant, wireSeconds, wireText } from '#src/wire-value.ts';

/** Those a post was published with. One that cannot be read says nothing; the others do. */
const coauthors = z
  .array(z.looseObject({ id: wireId }).nullish().catch(null))
  .catch([])
  .transform((producers) => producers.flatMap((producer) => producer?.id ?? []));

/** An item of Apify's own Instagram actors: a post, or a row that says what went wrong with an address. */
const instagramItem = z.looseObject({
  shortCode: wireText,
  inputUrl: wireText,
  url: wireText,
  caption: wireText,
  timestamp: wireInstant,
  likesCount: wireCount, // -1 where the author hides them
  commentsCount: wireCount,
  videoViewCount: wireCount,
  videoPlayCount: wireCount,
  videoDuration: wireSeconds,
  displayUrl: wireText,
  ownerId: wireId,
  ownerUsername: wireText,
  coauthorProducers: coauthors,
  error: wireText,
  errorDescription: wireText,
  noResults: z.unknown().optional(),
});

type InstagramItem = z.infer<typeof instagramItem>;

/** Reads an item of an Instagram actor; null if it is no object. The video's id is its short code, never the item's `id`. */
export function readInstagramItem(raw: unknown): ReadItem | null {
  const parsed = instagramItem.safeParse(raw);
  if (!parsed.success) return null;
  const item = parsed.data;
  return {
    externalId: item.shortCode !== null && /^[A-Za-z0-9_-]{1,64}$/.test(item.shortCode) ? item.shortCode : null,
    askedUrls: addresses(item.inputUrl),
    ownUrls: addresses(item.url),
    outcome: outcomeOf(item, raw),
  };
}

function outcomeOf(item: InstagramItem, raw: unknown): ReadItem['outcome'] {
  if (item.error !== null) {
    // `no_items` is sent for a private post and for a page that would not load alike: it teaches nothing.
    const kind = item.error === 'not_found' ? 'not_found' : 'unknown';
    return missing(kind, addresses(item.error, item.errorDescription).join(': '));
  }
  if (item.noResults === true) return missing('unknown', 'noResults');
  return shownVideo({
    // Either may be missing while the other is there; each goes under its own name and they are never mixed.
    counts: { plays: item.videoPlayCount, views: item.videoViewCount },
    engagement: { likes: item.likesCount, comments: item.commentsCount },
    authorId: item.ownerId,
    authorHandle: item.ownerUsername,
    ...(item.coauthorProducers.length > 0 && { coauthorIds: item.coauthorProducers }),
    publishedAt: item.timestamp,
    title: item.caption,
    thumbnailUrl: item.displayUrl,
    durationMs: item.videoDuration,
    raw,
  });
}
