import type { NewNotification } from '#src/notify-users.ts';
import { type ClosingClip, isRead } from '#src/settle-closing.ts';

/** What a clipper is told of clips that their round could not read. */
export interface Unread {
  readonly userId: string;
  readonly clips: number;
  /** The first of them. */
  readonly title: string;
  readonly views: bigint;
}

/** Who has clips that could not be read, or not believed; there is no further read that could confirm them. */
export function unreadOf(clips: readonly ClosingClip[]): Unread[] {
  const byUser = Map.groupBy(
    clips.filter((each) => !isRead(each)),
    (each) => each.submission.userId,
  );
  return [...byUser].flatMap(([userId, theirs]) => {
    const clip = theirs[0]?.clip;
    return clip ? [{ userId, clips: theirs.length, title: clip.title ?? clip.externalId, views: clip.views }] : [];
  });
}

/** One notice a clipper, however many of their clips could not be read: a platform that is down leaves out all of them. */
export function unreadNotice(
  unread: Unread,
  round: { id: string; campaignId: string },
  title: string,
): NewNotification {
  const isOne = unread.clips === 1;
  return {
    userId: unread.userId,
    kind: 'clip.unread_at_close',
    cause: round.id,
    title: `${isOne ? 'A clip' : `${unread.clips} clips`} could not be read when ${title} closed`,
    body: isOne ? `${unread.title} counts at its last ${unread.views} views.` : 'Each counts at its last views.',
    link: `/campaigns/${round.campaignId}`,
  };
}
