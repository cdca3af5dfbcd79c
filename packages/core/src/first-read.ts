import { type ClaimedAccount, matchesAuthor, type VideoAuthor } from '#src/author-match.ts';
import { type Platform, platformName } from '#src/platform.ts';

/** What the first read of a submitted video showed. */
export interface FirstVideo extends VideoAuthor {
  readonly platform: Platform;
  readonly authorHandle: string | null;
  readonly publishedAt: Date | null;
}

/** What it is held against. */
export interface FirstReadRules {
  /** The clipper's proved accounts on the video's platform; null: it was submitted when none was asked for. */
  readonly accounts: readonly (ClaimedAccount & { readonly id: string })[] | null;
  /** Videos that were posted before it do not count; null: of any age. */
  readonly startsAt: Date | null;
}

export type FirstReadVerdict =
  /** `accountId`: whose video it is; null if the read did not say. */
  | { readonly kind: 'accepted'; readonly accountId: string | null }
  /** One sentence for the clipper. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Whether a video may stay submitted, once it was read for the first time. Unknown is not a reason: what the read did not
 * say is left to whoever reviews it.
 */
export function judgeFirstRead(video: FirstVideo, { accounts, startsAt }: FirstReadRules): FirstReadVerdict {
  const matches = (accounts ?? []).map((account) => ({ id: account.id, match: matchesAuthor(account, video) }));
  const own = matches.find(({ match }) => match === 'matches');
  const isUnknown = accounts === null || matches.some(({ match }) => match === 'unknown');
  if (own === undefined && !isUnknown) return { kind: 'refused', reason: notYours(video) };
  if (startsAt !== null && video.publishedAt !== null && video.publishedAt < startsAt) {
    return { kind: 'refused', reason: tooEarly(video.publishedAt, startsAt) };
  }
  return { kind: 'accepted', accountId: own?.id ?? null };
}

function notYours({ platform, authorHandle }: FirstVideo): string {
  const name = platformName(platform);
  return authorHandle === null
    ? `The video is not by an account that you have verified on ${name}. Add the account it is by, then submit it again.`
    : `The video is by @${authorHandle} on ${name}, which is not an account that you have verified. Add that account, then submit it again.`;
}

function tooEarly(publishedAt: Date, startsAt: Date): string {
  return `The video was posted on ${inUtc(publishedAt)}, before the campaign started on ${inUtc(startsAt)}.`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "22 Nov 2026, 14:03 UTC": the sentence is kept, and read in whatever zone. */
function inUtc(at: Date): string {
  const time = at.toISOString().slice(11, 16);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}, ${time} UTC`;
}
