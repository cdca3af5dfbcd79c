import type { Row } from '#src/actors/actor.ts';
import type { Catalogue } from '#src/catalogue.ts';
import type { Fault } from '#src/fault.ts';
import { drawVideoId } from '#src/platform-id.ts';
import type { Profile } from '#src/profile.ts';
import type { Random } from '#src/random.ts';
import { engagement } from '#src/video.ts';

/** A video as `videos.list` tells it, with the parts asked for; undefined for one that is deleted or private. */
export function videoItem(catalogue: Catalogue, id: string, parts: string[]): Row | undefined {
  const video = catalogue.video('YOUTUBE', id);
  if (video?.state !== 'live') return undefined;
  const views = catalogue.shownViews(video);
  const { likes, comments } = engagement(video, views);
  const channel = catalogue.author(video);
  const all: Row = {
    snippet: {
      publishedAt: video.publishedAt,
      channelId: channel.id,
      title: video.title,
      description: '',
      thumbnails: { high: { url: `https://i.ytimg.com/vi/${id}/hqdefault.jpg`, width: 480, height: 360 } },
      channelTitle: channel.name,
      categoryId: '24',
      liveBroadcastContent: 'none',
    },
    contentDetails: { duration: isoDuration(video.durationSeconds), dimension: '2d', definition: 'hd' },
    status: { uploadStatus: 'processed', privacyStatus: 'public', embeddable: true, madeForKids: false },
    statistics: {
      viewCount: String(views),
      likeCount: String(likes),
      favoriteCount: '0',
      commentCount: String(comments),
    },
  };
  const chosen = Object.entries(all).filter(([part]) => parts.includes(part));
  return { kind: 'youtube#video', etag: 'simulated', id, ...Object.fromEntries(chosen) };
}

/** A channel as `channels.list` tells it. */
export function channelItem(channel: Profile): Row {
  return {
    kind: 'youtube#channel',
    etag: 'simulated',
    id: channel.id,
    snippet: {
      title: channel.name,
      description: channel.bio,
      customUrl: `@${channel.handle.toLowerCase()}`,
      publishedAt: '2021-04-01T12:00:00Z',
      thumbnails: {},
    },
    statistics: { subscriberCount: String(channel.followers), hiddenSubscriberCount: false },
  };
}

/** What becomes of an answer's items under faults that the Data API can have. */
export function spoilVideoItems(items: Row[], faults: Fault[], random: Random): Row[] {
  return faults.reduce((rows, fault) => spoil(rows, fault, random), items);
}

function spoil(items: Row[], fault: Fault, random: Random): Row[] {
  const share = fault.share ?? (fault.kind === 'missing_items' ? 0.5 : 1);
  const isHit = () => random() < share;
  const withViews = (viewCount: string | undefined) =>
    items.map((item) => (isHit() ? { ...item, statistics: viewCount === undefined ? {} : { viewCount } } : item));
  switch (fault.kind) {
    // The Data API has no error rows: whatever it cannot tell is simply absent.
    case 'empty':
      return [];
    case 'no_items':
    case 'no_results':
    case 'mock_rows':
    case 'not_found':
    case 'private_post':
    case 'private_profile':
    case 'empty_profile':
    case 'invalid_urls':
      return items.filter(() => !isHit());
    case 'missing_items': {
      const kept = items.filter(() => !isHit());
      return kept.length === items.length ? items.slice(1) : kept;
    }
    case 'falling_counts':
      return items.map((item) => (isHit() ? fallen(item) : item));
    case 'null_counts':
      return withViews(undefined);
    case 'negative_counts':
      return withViews('-1');
    case 'text_counts':
      return withViews('1.2K views');
    case 'duplicates':
      return items.flatMap((item) => (isHit() ? [item, item] : [item]));
    case 'shuffled':
      return [...items].reverse();
    case 'wrong_video':
      return items.map((item) =>
        isHit()
          ? { ...item, id: drawVideoId('YOUTUBE', Date.now(), random), statistics: { viewCount: '9000007' } }
          : item,
      );
    default:
      return items;
  }
}

/** A tenth of the views was purged. */
function fallen(item: Row): Row {
  const { statistics } = item;
  if (typeof statistics !== 'object' || statistics === null || !('viewCount' in statistics)) return item;
  const viewCount = String(Math.floor(Number(statistics.viewCount) * 0.9));
  return { ...item, statistics: { ...statistics, viewCount } };
}

/** 197 → "PT3M17S". */
function isoDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ] as const;
  return `PT${parts.flatMap(([value, unit]) => (value > 0 ? `${value}${unit}` : [])).join('') || '0S'}`;
}
