import { z } from 'zod';
import { defineActor, type Row } from '#src/actors/actor.ts';
import type { Catalogue } from '#src/catalogue.ts';
import { engagement, videoUrl } from '#src/video.ts';

/** Tweets by their id, or somebody's newest. What is not there is padded with a mock row, as the real actor does. */
export const tweetScraper = defineActor({
  name: 'kaitoeasyapi/twitter-x-data-tweet-scraper-pay-per-result-cheapest',
  platform: 'X',
  pricePerResultMicros: 250n,
  input: z.union([
    z.looseObject({ tweetIDs: z.array(z.string()).min(1, 'must hold at least one item') }),
    z.looseObject({ from: z.string().min(1), maxItems: z.number().int().positive().default(1) }),
  ]),
  scrape: (input, catalogue) => idsOf(input, catalogue).map((id) => tweetRow(id, catalogue)),
});

type Input = { tweetIDs: string[] } | { from: string; maxItems: number };

function idsOf(input: Input, catalogue: Catalogue): string[] {
  if ('tweetIDs' in input) return input.tweetIDs;
  const profile = catalogue.profile('X', input.from);
  const videos = profile === undefined ? [] : catalogue.videosOf(profile);
  return videos.length === 0 ? [''] : videos.slice(0, input.maxItems).map((video) => video.id);
}

function tweetRow(id: string, catalogue: Catalogue): Row {
  const video = catalogue.video('X', id);
  if (video?.state !== 'live') return { type: 'mock_tweet', id: -1, text: 'No tweet was found for this query.' };
  const views = catalogue.shownViews(video);
  const { likes, comments, shares, saves } = engagement(video, views);
  const author = catalogue.author(video);
  const url = videoUrl(video);
  return {
    type: 'tweet',
    id: video.id,
    url,
    twitterUrl: url.replace('x.com', 'twitter.com'),
    text: video.title,
    viewCount: views,
    likeCount: likes,
    replyCount: comments,
    retweetCount: shares,
    quoteCount: Math.floor(shares / 5),
    bookmarkCount: saves,
    createdAt: tweetTime(new Date(video.publishedAt)),
    author: {
      type: 'user',
      userName: author.handle,
      id: author.id,
      name: author.name,
      description: author.bio,
      followers: author.followers,
    },
  };
}

/** "Thu Sep 18 04:57:01 +0000 2025". */
function tweetTime(date: Date): string {
  const [day, dayOfMonth, month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${dayOfMonth} ${time} +0000 ${year}`;
}
