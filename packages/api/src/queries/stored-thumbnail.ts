import { readThumbnail, type Thumbnail } from '@clipmeter/db/clip-thumbnails';
import type { ApiContext } from '#src/context.ts';
import { idSchema } from '#src/input/campaign.ts';

/** The kept picture of a clip, for whoever is signed in; null if there is none. */
export async function storedThumbnail(
  { pool, viewer }: Pick<ApiContext, 'pool' | 'viewer'>,
  clipId: string,
): Promise<Thumbnail | null> {
  const named = idSchema.safeParse(clipId);
  return viewer !== null && named.success ? readThumbnail(pool, named.data) : null;
}
