import { parseMicros } from '@clipmeter/core/money';
import { z } from 'zod';
import { type ProfileAdapter, type ProfileItem, shownProfile } from '#src/apify/profile-adapter.ts';
import { addresses } from '#src/read-item.ts';
import { wireId, wireText } from '#src/wire-value.ts';

const instagramProfileItem = z.looseObject({
  id: wireId,
  username: wireText,
  fullName: wireText,
  biography: z.unknown().optional(),
  error: wireText,
  errorDescription: wireText,
});

/** Instagram's profiles; a private one shows its bio too. */
export const instagramProfileActor: ProfileAdapter = {
  platform: 'INSTAGRAM',
  actorId: 'apify/instagram-profile-scraper',
  chargeMaxMicros: parseMicros('0.05'),
  itemsMax: 5,
  buildInput: (handle) => ({ usernames: [handle] }),
  readItem: readInstagramProfile,
};

function readInstagramProfile(raw: unknown): ProfileItem | null {
  const parsed = instagramProfileItem.safeParse(raw);
  if (!parsed.success) return null;
  const { id, username, fullName, biography, error, errorDescription } = parsed.data;
  if (error !== null) {
    const reason = addresses(error, errorDescription).join(': ');
    return { kind: error === 'not_found' ? 'not_found' : 'unknown', reason };
  }
  return shownProfile({ externalId: id, handle: username, displayName: fullName, bio: biography });
}
