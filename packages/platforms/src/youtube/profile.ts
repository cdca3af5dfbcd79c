import { parseMicros } from '@clipmeter/core/money';
import { z } from 'zod';
import { type ProfileAdapter, type ProfileItem, shownProfile } from '#src/apify/profile-adapter.ts';
import { addresses } from '#src/read-item.ts';
import { wireId, wireText } from '#src/wire-value.ts';

const channelItem = z.looseObject({
  channelId: wireId,
  channelUsername: wireText,
  channelName: wireText,
  channelDescription: z.unknown().optional(),
  error: wireText,
  errorCode: wireText,
});

/** YouTube's channels for those without a key for the Data API: the newest video with its channel. */
export const youtubeProfileActor: ProfileAdapter = {
  platform: 'YOUTUBE',
  actorId: 'streamers/youtube-scraper',
  chargeMaxMicros: parseMicros('0.05'),
  itemsMax: 5,
  buildInput: (handle) => ({
    startUrls: [{ url: `https://www.youtube.com/@${handle}` }],
    maxResults: 1,
    maxResultsShorts: 1,
    maxResultStreams: 0,
    downloadSubtitles: false,
  }),
  readItem: readChannelItem,
};

function readChannelItem(raw: unknown): ProfileItem | null {
  const parsed = channelItem.safeParse(raw);
  if (!parsed.success) return null;
  const { channelId, channelUsername, channelName, channelDescription, error, errorCode } = parsed.data;
  const reason = addresses(errorCode, error).join(': ');
  // Its error rows carry a text and no documented code: none of them says that a channel does not exist.
  if (reason !== '') return { kind: 'unknown', reason };
  const handle = channelUsername?.replace(/^@/, '') ?? null;
  return shownProfile({ externalId: channelId, handle, displayName: channelName, bio: channelDescription });
}
