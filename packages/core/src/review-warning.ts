import { type ClaimedAccount, matchesAuthor } from '#src/author-match.ts';
import { ageBandOf, type EngagementVerdict } from '#src/engagement.ts';
import { type Platform, platformName } from '#src/platform.ts';

/** What a reviewer is warned of. */
export const REVIEW_WARNINGS = ['author', 'duplicate', 'too_early', 'engagement'] as const;
export type ReviewWarningKind = (typeof REVIEW_WARNINGS)[number];

export interface ReviewWarning {
  readonly kind: ReviewWarningKind;
  /** For a table's cell. */
  readonly word: string;
  /** What is known, in one sentence. */
  readonly sentence: string;
}

/** What is known of a submission when an admin looks at it. */
export interface ReviewFacts {
  readonly platform: Platform;
  /** Whose it is said to be; null: no account of the clipper's was named or proved. */
  readonly account: (ClaimedAccount & { readonly handle: string }) | null;
  readonly video: { readonly authorId: string | null; readonly authorHandle: string | null; readonly isRead: boolean };
  readonly publishedAt: Date | null;
  readonly campaignStartedAt: Date | null;
  /** How often the same video was submitted before, and how the last of them ended. */
  readonly earlier: { readonly count: number; readonly lastBy: string; readonly lastStatus: string } | null;
  /** Another clipper's clip with the same title. */
  readonly lookalike: { readonly clipper: string; readonly platform: Platform } | null;
  readonly engagement: EngagementVerdict;
  readonly ageMs: number | null;
}

/** What to look at before saying yes, the gravest first. What is unknown is said where it matters, and is not a reproach. */
export function reviewWarnings(facts: ReviewFacts): ReviewWarning[] {
  return [authorWarning(facts), tooEarlyWarning(facts), ...duplicateWarnings(facts), engagementWarning(facts)].filter(
    (warning) => warning !== null,
  );
}

function authorWarning({ account, video, platform }: ReviewFacts): ReviewWarning | null {
  const warning = (word: string, sentence: string): ReviewWarning => ({ kind: 'author', word, sentence });
  if (account === null || account.externalId === null)
    return warning('No verified account', `The clipper has proved no account on ${platformName(platform)}.`);
  if (!video.isRead) return null;
  const match = matchesAuthor(account, video);
  if (match === 'matches') return null;
  if (match === 'unknown') return warning('Author unknown', `${platformName(platform)} did not say whose video it is.`);
  const author = video.authorHandle === null ? 'another account' : `@${video.authorHandle}`;
  return warning('Another author', `The video is by ${author}, the clipper’s account is @${account.handle}.`);
}

function tooEarlyWarning({ publishedAt, campaignStartedAt }: ReviewFacts): ReviewWarning | null {
  if (publishedAt === null || campaignStartedAt === null || publishedAt >= campaignStartedAt) return null;
  return { kind: 'too_early', word: 'Too early', sentence: 'It was posted before the campaign started.' };
}

const ENDED: Readonly<Record<string, string>> = {
  REJECTED: 'it was rejected',
  WITHDRAWN: 'it was withdrawn',
  REVOKED: 'its approval was revoked',
};

function duplicateWarnings({ earlier, lookalike }: ReviewFacts): (ReviewWarning | null)[] {
  const duplicate = (word: string, sentence: string): ReviewWarning => ({ kind: 'duplicate', word, sentence });
  return [
    earlier &&
      duplicate(
        'Submitted before',
        `This video was submitted ${earlier.count === 1 ? 'once' : `${earlier.count} times`} before; the last time, by ${earlier.lastBy}, ${ENDED[earlier.lastStatus] ?? 'it ended'}.`,
      ),
    lookalike &&
      duplicate(
        'Same title',
        `${lookalike.clipper} submitted a video with the same title on ${platformName(lookalike.platform)}.`,
      ),
  ];
}

function engagementWarning({ engagement, platform, ageMs }: ReviewFacts): ReviewWarning | null {
  if (engagement.kind !== 'below' && engagement.kind !== 'above') return null;
  const [rate, low, high] = [engagement.rate, engagement.low, engagement.high].map(percentText);
  const like = ageMs === null ? '' : ` ${ageBandOf(ageMs).words}`;
  return {
    kind: 'engagement',
    word: engagement.kind === 'below' ? 'Low engagement' : 'High engagement',
    sentence: `Engagement is ${rate}; 98 of 100 ${platformName(platform)} clips${like} have ${low} to ${high}.`,
  };
}

/** "0.04 %", "4.1 %", "12 %": two digits say enough. */
export function percentText(rate: number): string {
  const percent = rate * 100;
  const text =
    percent === 0 || percent >= 10 ? percent.toFixed(0) : percent >= 1 ? percent.toFixed(1) : percent.toFixed(2);
  return `${text} %`;
}
