import type { Platform } from '@clipmeter/core/platform';
import type { ReadOutcome } from '@clipmeter/db/read-result';
import { authorIdOf } from './demo-people.ts';

/** What becomes of a submission before the demo begins. */
export type ClipFate =
  | 'approved'
  | 'waiting'
  | 'rejected'
  | 'withdrawn'
  | 'notTheirs'
  | 'reading'
  | 'readLate'
  | 'approving'
  | 'approvalLate';

/** What happens to an approved clip hours before the demo begins. */
export type Twist =
  | 'private'
  | 'gone'
  | 'fell'
  | 'still'
  | 'held'
  | 'cleared'
  | 'revoked'
  | 'reversed'
  | 'unreadAtClose';

export interface DemoClip {
  platform: Platform;
  videoId: string;
  author: string;
  title: string;
  /** Views when its campaign started. */
  viewsAtFirst: number;
  /** When the demo begins, and from then on. */
  viewsPerHour: number;
  fate: ClipFate;
  twist?: Twist | undefined;
}

/** How long its campaign has run when the demo begins: what its views have grown over. */
export interface Life {
  startedHoursAgo: number;
}

export const TWIST_HOURS_AGO = 10;

/** Views so many hours before the demo begins: slower at first, a little in waves, never fewer than before. */
export function viewsAt(
  { viewsAtFirst, viewsPerHour, twist }: DemoClip,
  { startedHoursAgo }: Life,
  hoursAgo: number,
): number {
  const grown = (ago: number) => {
    const hours = Math.max(0, startedHoursAgo - Math.max(0, ago));
    const waves = startedHoursAgo > 48 ? 1.2 * Math.sin((2 * Math.PI * hours) / 24) : 0;
    return viewsAtFirst + Math.floor(viewsPerHour * (0.4 * hours + (0.3 * hours * hours) / startedHoursAgo + waves));
  };
  if (hoursAgo > TWIST_HOURS_AGO) return grown(hoursAgo);
  if (twist === 'fell') return Math.floor(grown(TWIST_HOURS_AGO) * 0.8);
  return twist === 'still' ? grown(TWIST_HOURS_AGO) : grown(hoursAgo);
}

/** TikTok rounds what it shows, down. */
function shown(platform: Platform, views: number): bigint {
  const step = platform !== 'TIKTOK' || views < 10_000 ? 1 : views < 1_000_000 ? 100 : 100_000;
  return BigInt(Math.floor(views / step) * step);
}

/** When it was posted, in hours before the demo begins: after its campaign's start, and before it was submitted. */
export function postedHoursAgo({ fate }: DemoClip, { startedHoursAgo }: Life): number {
  const isRecent = ['waiting', 'reading', 'readLate', 'approving', 'approvalLate'].includes(fate);
  return isRecent ? 6.5 : startedHoursAgo - Math.min(0.5, startedHoursAgo / 20);
}

/** Who made the video, as a platform shows it so many hours before the demo begins. */
export function authorAt({ author, fate, twist }: DemoClip, hoursAgo: number): string {
  const isOther = fate === 'notTheirs' || (twist === 'held' && hoursAgo <= TWIST_HOURS_AGO);
  const isCleared = twist === 'cleared' && hoursAgo <= TWIST_HOURS_AGO;
  return isOther ? 'reposts.daily' : isCleared ? 'cutroom.team' : author;
}

/** What a read of the video answers so many hours before the demo begins. */
export function outcomeAt(clip: DemoClip, life: Life, hoursAgo: number, madeAt: Date): ReadOutcome {
  const { platform, fate, twist, title } = clip;
  const isLate = fate === 'readLate' || (fate === 'approvalLate' && hoursAgo < 0.1) || twist === 'unreadAtClose';
  if (isLate && (twist !== 'unreadAtClose' || hoursAgo < CLOSING_HOURS_AGO)) {
    return { kind: 'unknown', reason: 'the platform did not answer' };
  }
  if (hoursAgo <= TWIST_HOURS_AGO) {
    if (twist === 'private') return { kind: 'private', reason: 'the video is private' };
    if (twist === 'gone') return { kind: 'not_found', reason: 'there is no such video' };
  }
  const views = viewsAt(clip, life, hoursAgo);
  const handle = authorAt(clip, hoursAgo);
  // One is liked far less than its views would have it: what the review warns of.
  const likesPer1000 = fate === 'waiting' && clip.viewsPerHour > 5_000 ? 1 : 45 + (views % 17);
  return {
    kind: 'found',
    counts: { [platform === 'YOUTUBE' ? 'views' : 'plays']: shown(platform, views) },
    engagement: {
      likes: BigInt(Math.floor((views * likesPer1000) / 1000)),
      comments: BigInt(Math.floor((views * likesPer1000) / 20_000)),
      shares: BigInt(Math.floor((views * likesPer1000) / 9_000)),
    },
    authorId: authorIdOf(platform, handle),
    authorHandle: handle,
    publishedAt: new Date(madeAt.getTime() - postedHoursAgo(clip, life) * 3_600_000),
    title,
  };
}

/** When the campaign that reaches its deadline does so. */
export const CLOSING_HOURS_AGO = 50;
