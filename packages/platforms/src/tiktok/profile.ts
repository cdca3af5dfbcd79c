import { parseMicros } from '@clipmeter/core/money';
import { z } from 'zod';
import { type ProfileAdapter, type ProfileItem, shownProfile } from '#src/apify/profile-adapter.ts';
import { addresses } from '#src/read-item.ts';
import { wireId, wireText } from '#src/wire-value.ts';

const author = z
  .looseObject({ id: wireId, name: wireText, nickName: wireText, signature: z.unknown().optional() })
  .nullish()
  .catch(null);

const tiktokProfileItem = z.looseObject({ authorMeta: author, error: wireText, errorCode: wireText });

/** TikTok's profiles: the newest post with its author, so an account without a public post may show nothing. */
export const tiktokProfileActor: ProfileAdapter = {
  platform: 'TIKTOK',
  actorId: 'clockworks/tiktok-profile-scraper',
  chargeMaxMicros: parseMicros('0.50'),
  itemsMax: 5,
  buildInput: (handle) => ({
    profiles: [handle],
    resultsPerPage: 1,
    shouldDownloadVideos: false,
    shouldDownloadCovers: false,
    shouldDownloadSubtitles: false,
    shouldDownloadSlideshowImages: false,
  }),
  readItem: readTiktokProfile,
};

function readTiktokProfile(raw: unknown): ProfileItem | null {
  const parsed = tiktokProfileItem.safeParse(raw);
  if (!parsed.success) return null;
  const { authorMeta, error, errorCode } = parsed.data;
  // A row that says that there are no posts may still show the account.
  if (authorMeta?.id) {
    const { id, name, nickName, signature } = authorMeta;
    return shownProfile({ externalId: id, handle: name, displayName: nickName, bio: signature });
  }
  const reason = addresses(errorCode, error).join(': ') || 'the item names no account';
  return { kind: errorCode === 'NOT_FOUND' ? 'not_found' : 'unknown', reason };
}
