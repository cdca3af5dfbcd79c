/** Whose video a read says it is. */
export interface VideoAuthor {
  /** The platform's immutable id of the account that owns the post; null when the answer did not say. */
  readonly authorId: string | null;
  /** Accounts that the post was published with: Instagram may name the partner of a collaboration as its owner. */
  readonly coauthorIds?: readonly string[] | undefined;
}

/** The account that a clip was submitted for. */
export interface ClaimedAccount {
  /** The id that was bound when its ownership was proved; null before. */
  readonly externalId: string | null;
  /** An author that an admin accepted for this clip, besides the account itself. */
  readonly acceptedAuthorId?: string | null | undefined;
}

/** unknown: the read, or the account, says too little to tell. Unknown is not different: nothing is decided from it. */
export type AuthorMatch = 'matches' | 'differs' | 'unknown';

/**
 * Whether a video is by the account that it was submitted for. Ids only: handles change hands. As with views, what was not
 * said decides nothing.
 */
export function matchesAuthor(account: ClaimedAccount, video: VideoAuthor): AuthorMatch {
  const accepted = [account.externalId, account.acceptedAuthorId].filter((id) => id !== null && id !== undefined);
  if (account.externalId === null) return 'unknown';
  const authors = [video.authorId, ...(video.coauthorIds ?? [])];
  if (accepted.some((id) => authors.includes(id))) return 'matches';
  return video.authorId === null ? 'unknown' : 'differs';
}
