import type { DueClip } from '@clipmeter/db/claim-due';
import { lockWitnesses } from '@clipmeter/db/lock-witnesses';
import { readApart } from '@clipmeter/db/read-apart';
import type { Tx } from '@clipmeter/db/transaction';
import type { PlatformReader } from '@clipmeter/platforms/port';

const TOGETHER = '';

/**
 * Which due clips may be asked for in one run: all of them, but for those that their platform refused to be asked for,
 * which stay among themselves until it takes them. On a platform that has no word for a video that is gone, as many
 * clips that are there are read along with clips that were not found, to tell these from a bad day.
 *
 * @param due locked; the groups are in the order of their first clips
 */
export async function readGroups(
  tx: Tx,
  reader: PlatformReader,
  due: readonly DueClip[],
  now: Date,
): Promise<readonly (readonly DueClip[])[]> {
  const apart = await readApart(
    tx,
    due.map((clip) => clip.clipId),
  );
  const groups = Map.groupBy(due, (clip) => apart.get(clip.clipId) ?? TOGETHER);
  const together = groups.get(TOGETHER);
  if (together !== undefined && !reader.tellsGone) {
    const { platform, maxBatch } = reader;
    const witnessesMax = maxBatch - together.length;
    const witnesses = await lockWitnesses(tx, { platform, due: together, witnessesMax, now });
    groups.set(TOGETHER, [...together, ...witnesses]);
  }
  return [...groups.values()];
}
