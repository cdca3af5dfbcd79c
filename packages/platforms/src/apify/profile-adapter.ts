import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import type { ActorInput } from '#src/apify/actor-adapter.ts';
import type { Profile } from '#src/profile-port.ts';

/** What a profile actor of Apify is to us. Pure. */
export interface ProfileAdapter {
  readonly platform: Platform;
  readonly actorId: string;
  /** The most that one run may cost. */
  readonly chargeMaxMicros: Micros;
  readonly itemsMax: number;
  buildInput(handle: string): ActorInput;
  /** Null for what is no item at all. */
  readItem(item: unknown): ProfileItem | null;
}

/** What one item says, before it is known whether it is about the account that was asked for. */
export type ProfileItem =
  | { readonly kind: 'found'; readonly profile: Profile }
  /** A row without an account of its own: it is about the only one that was asked for. */
  | { readonly kind: 'not_found' | 'unknown'; readonly reason: string };

/** An account as an item shows it. A bio that is not there at all is unknown; one that is empty is empty. */
export interface ShownProfile {
  readonly externalId: string | null;
  readonly handle: string | null;
  readonly displayName: string | null;
  readonly bio: unknown;
}

/** The account of an item, if the item says all that a proof needs. */
export function shownProfile({ externalId, handle, displayName, bio }: ShownProfile): ProfileItem {
  if (externalId === null || handle === null) return { kind: 'unknown', reason: 'the item names no account' };
  if (typeof bio !== 'string' && bio !== null) return { kind: 'unknown', reason: 'the item has no bio' };
  return { kind: 'found', profile: { externalId, handle, displayName, bio: bio ?? '' } };
}
