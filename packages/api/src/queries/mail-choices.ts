import { noticeGroupsFor, noticeGroupWords } from '@clipmeter/core/notice-kind';
import { readMailChoices } from '@clipmeter/db/read-notifications';
import { readMailAddress } from '@clipmeter/db/read-people';
import type { SignedInContext } from '#src/context.ts';

/** Which groups of notices the viewer has by mail. */
export async function mailChoices({ pool, viewer }: SignedInContext) {
  const [chosen, address] = await Promise.all([
    readMailChoices(pool, viewer.userId),
    readMailAddress(pool, viewer.userId),
  ]);
  return {
    ...address,
    groups: noticeGroupsFor(viewer.role).map((group) => {
      const { label, description, mailedByDefault } = noticeGroupWords(group);
      return { group, label, description, mail: chosen.get(group) ?? mailedByDefault };
    }),
  };
}
