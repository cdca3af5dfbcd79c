import { DomainError } from '#src/domain-error.ts';
import { sha1 } from '#src/sha1.ts';

declare const idBrand: unique symbol;

/** A uuid in lower case that says what it identifies, so that a clip's id cannot stand where a user's belongs. */
export type Id<Kind extends string> = string & { readonly [idBrand]: Kind };

export type UserId = Id<'User'>;
export type CampaignId = Id<'Campaign'>;
export type ClipId = Id<'Clip'>;
export type SubmissionId = Id<'Submission'>;
export type RunId = Id<'Run'>;
export type SettlementId = Id<'Settlement'>;
export type AccountId = Id<'Account'>;
/** What a ledger entry was caused by. */
export type CauseId = Id<'Cause'>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isId<T extends Id<string>>(text: string): text is T {
  return UUID.test(text);
}

/**
 * Takes a text for an id: `asId<ClipId>(row.clip_id)`. Any version of uuid; upper case becomes lower, the order in
 * which Postgres sorts uuids.
 *
 * @throws DomainError INVALID_INPUT when it is no uuid.
 */
export function asId<T extends Id<string>>(text: string): T {
  const lower = text.toLowerCase();
  if (!isId<T>(lower)) throw new DomainError('INVALID_INPUT', 'That is not a valid id.');
  return lower;
}

/** The namespace of all ids derived here. Changing it would let every past cause move its money again. */
const NAMESPACE = '5b8e6c1e-2f0b-4d7c-9a53-7d1c0f6e9b42';

/**
 * The same uuid for the same parts, for ever: how a cause gets its id (`deriveId(clipId, runId)` is one accrual).
 * Each part goes in with its length, so that ('ab', 'c') and ('a', 'bc') differ.
 */
export function deriveId(...parts: string[]): CauseId {
  return asId<CauseId>(uuidV5(NAMESPACE, parts.map((part) => `${part.length}:${part}`).join('')));
}

/** A name-based uuid, version 5 (RFC 9562, section 5.5). */
export function uuidV5(namespace: string, name: string): string {
  const text = encoder.encode(name);
  const message = new Uint8Array(16 + text.length);
  for (let i = 0, at = 0; i < 16; i += 1, at += 2) {
    if (namespace[at] === '-') at += 1;
    message[i] = Number.parseInt(namespace.slice(at, at + 2), 16);
  }
  message.set(text, 16);
  const bytes = sha1(message);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let uuid = '';
  for (let i = 0; i < 16; i += 1) {
    if (i === 4 || i === 6 || i === 8 || i === 10) uuid += '-';
    uuid += HEX[bytes[i] ?? 0];
  }
  return uuid;
}

// Every credited view passes here: plain loops and tables, because regular expressions took ten times as long.
const encoder = new TextEncoder();
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
