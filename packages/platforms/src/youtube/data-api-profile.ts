import { z } from 'zod';
import { type ProfileItem, shownProfile } from '#src/apify/profile-adapter.ts';
import { matchProfile } from '#src/match-profile.ts';
import type { ProfileReader } from '#src/profile-port.ts';
import { wireId, wireText } from '#src/wire-value.ts';
import { type DataApiAccess, listChannels } from '#src/youtube/data-api.ts';

const snippet = z.looseObject({ title: wireText, description: z.unknown().optional(), customUrl: wireText });
const channel = z.looseObject({ id: wireId, snippet: snippet.nullish().catch(null) });

/** YouTube's channels through its own Data API: free, one unit of quota a call. */
export function createDataApiProfileReader(access: DataApiAccess): ProfileReader {
  return {
    platform: 'YOUTUBE',
    source: 'youtube-data-api',
    async readProfile({ handle }, signal) {
      const answer = await listChannels(access, handle, signal);
      if (answer.kind === 'interrupted') return { kind: 'interrupted' };
      if (answer.kind !== 'answered') {
        const retryAfterMs = answer.kind === 'throttled' ? answer.retryAfterMs : null;
        return { kind: 'unknown', reason: answer.reason, retryAfterMs };
      }
      if (answer.items.length === 0) return { kind: 'not_found', reason: 'absent from the answer' };
      return matchProfile(
        handle,
        answer.items.map((item) => readChannel(item, handle)),
      );
    },
  };
}

/** The channel of an item. Without its own address it is the one that was asked for: only one was. */
function readChannel(raw: unknown, asked: string): ProfileItem {
  const parsed = channel.safeParse(raw);
  if (!parsed.success) return { kind: 'unknown', reason: 'the item is no channel' };
  const { id, snippet } = parsed.data;
  const handle = snippet?.customUrl?.replace(/^@/, '') ?? asked;
  return shownProfile({ externalId: id, handle, displayName: snippet?.title ?? null, bio: snippet?.description });
}
