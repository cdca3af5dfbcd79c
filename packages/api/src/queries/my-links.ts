import { readOwnLinks } from '@clipmeter/db/read-links';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import type { SignedInContext } from '#src/context.ts';

const LINKS_MAX = 50;

/** How far the viewer's short links have come; `link.changed` goes on from the cursor. */
export function myLinks({ pool, viewer }: SignedInContext) {
  return readSnapshot(pool, async (tx) => ({ items: await readOwnLinks(tx, viewer.userId, LINKS_MAX) }));
}
