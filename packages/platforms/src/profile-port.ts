import type { Platform } from '@clipmeter/core/platform';

/**
 * The port through which a profile is read, to prove whose it is. As with views, nothing here throws for what a platform
 * or a network can do.
 */
export interface ProfileReader {
  readonly platform: Platform;
  /** Who answers: an actor's id, or `youtube-data-api`. */
  readonly source: string;
  readProfile(ask: ProfileAsk, signal: AbortSignal): Promise<ProfileOutcome>;
}

export interface ProfileAsk {
  /** Without the "@". */
  readonly handle: string;
  /** An earlier attempt may have started a run since: it is taken up before another is paid for. Null: there was none. */
  readonly since: Date | null;
  /** Runs that have answered already: clocks differ, so one of an earlier look may seem to have been started since. */
  readonly answeredRunIds?: ReadonlySet<string>;
}

/** An account as its platform shows it. */
export interface Profile {
  /** Immutable. */
  readonly externalId: string;
  /** As the platform writes it. */
  readonly handle: string;
  readonly displayName: string | null;
  readonly bio: string;
}

export type ProfileOutcome = ProfileAnswer | { readonly kind: 'interrupted' };

/** What the platform's items say. */
export type ProfileAnswer = (
  | { readonly kind: 'found'; readonly profile: Profile }
  /** The platform says that there is no such account. */
  | { readonly kind: 'not_found'; readonly reason: string }
  /** Nothing was learned of the account: not that the bio is empty, and not that the account is missing. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly retryAfterMs: number | null }
) & {
  /** The run that answered, where that costs money. */
  readonly externalRunId?: string;
};
