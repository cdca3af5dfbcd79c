import type { Pool } from '@clipmeter/db/connect';
import { readImage, type StoredImage } from '@clipmeter/db/images';
import { idSchema } from '#src/input/campaign.ts';

/** An uploaded picture; null if there is none by that name. Whoever has its address may see it. */
export async function storedImage({ pool }: { pool: Pool }, id: string): Promise<StoredImage | null> {
  const named = idSchema.safeParse(id);
  return named.success ? readImage(pool, named.data) : null;
}
