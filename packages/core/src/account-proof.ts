import { invariant } from '#src/invariant.ts';
import { type Platform, platformName } from '#src/platform.ts';

/** No vowels and nothing that looks like something else: it is read aloud, typed on phones and never a word. */
const ALPHABET = '23456789bcdfghjkmnpqrstvwxz';
const PREFIX = 'cm-';
const LETTERS = 8;

/** How long a code is good for. */
export const CODE_LIFETIME_MS = 24 * 3_600_000;

/** How often a profile is looked at for one code. */
export const CODE_TRIES_MAX = 10;

/** Bytes of randomness that a code is made of. */
export const CODE_BYTES = LETTERS * 2;

/** A code for a bio, from `CODE_BYTES` random bytes. */
export function codeFrom(bytes: Uint8Array): string {
  invariant(bytes.length >= CODE_BYTES, 'a code needs its bytes');
  let code = PREFIX;
  // Two bytes a letter, so that no letter is noticeably likelier than another.
  for (let i = 0; i < LETTERS; i += 1)
    code += ALPHABET[((bytes[2 * i] ?? 0) * 256 + (bytes[2 * i + 1] ?? 0)) % ALPHABET.length];
  return code;
}

/** Whether a bio holds a code: in any case, anywhere, whatever stands around it. */
export function bioHasCode(bio: string, code: string): boolean {
  return bio.normalize('NFKC').toLowerCase().includes(code.toLowerCase());
}

/** What came of looking at a profile. */
export const CHECK_OUTCOMES = ['VERIFIED', 'NOT_YET', 'NOT_FOUND', 'UNREADABLE', 'TAKEN'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

/** How far a clipper's account is from being proved. */
export const ACCOUNT_STATES = [
  'verified',
  'reading',
  'taken',
  'expired',
  'used_up',
  'not_yet',
  'not_found',
  'unreadable',
  'waiting',
] as const;
export type AccountStateName = (typeof ACCOUNT_STATES)[number];

/** What is known of an account, times in milliseconds. */
export interface AccountFacts {
  readonly platform: Platform;
  readonly handle: string;
  readonly verifiedAtMs: number | null;
  readonly codeExpiresAtMs: number | null;
  readonly attempts: number;
  readonly checkRequestedAtMs: number | null;
  readonly checkedAtMs: number | null;
  readonly checkOutcome: CheckOutcome | null;
}

export interface AccountState {
  readonly name: AccountStateName;
  readonly word: string;
  readonly tone: 'good' | 'neutral' | 'warn' | 'bad';
  /** Why, and what to do. */
  readonly sentence: string;
  /** Pressing verify makes sense now. */
  readonly mayVerify: boolean;
  /** Only a new code helps. */
  readonly needsCode: boolean;
}

/** How an account stands at a time. The same facts give the same state, on the server and on an open page. */
export function accountState(facts: AccountFacts, nowMs: number): AccountState {
  const name = stateOf(facts, nowMs);
  return { name, ...STATES[name], sentence: SENTENCES[name](facts) };
}

/** Whether a profile is being read for this account. */
export function isReading({ checkRequestedAtMs, checkedAtMs }: AccountFacts): boolean {
  return checkRequestedAtMs !== null && (checkedAtMs === null || checkedAtMs < checkRequestedAtMs);
}

function stateOf(facts: AccountFacts, nowMs: number): AccountStateName {
  if (facts.verifiedAtMs !== null) return 'verified';
  if (isReading(facts)) return 'reading';
  if (facts.checkOutcome === 'TAKEN') return 'taken';
  if (facts.codeExpiresAtMs === null || facts.codeExpiresAtMs <= nowMs) return 'expired';
  if (facts.attempts >= CODE_TRIES_MAX) return 'used_up';
  if (facts.checkOutcome === 'NOT_YET') return 'not_yet';
  if (facts.checkOutcome === 'NOT_FOUND') return 'not_found';
  if (facts.checkOutcome === 'UNREADABLE') return 'unreadable';
  return 'waiting';
}

const STATES: Record<AccountStateName, Omit<AccountState, 'name' | 'sentence'>> = {
  verified: { word: 'Verified', tone: 'good', mayVerify: false, needsCode: false },
  reading: { word: 'Reading your profile…', tone: 'neutral', mayVerify: false, needsCode: false },
  taken: { word: 'Somebody else’s', tone: 'bad', mayVerify: true, needsCode: false },
  expired: { word: 'Code expired', tone: 'warn', mayVerify: false, needsCode: true },
  used_up: { word: 'Too many tries', tone: 'warn', mayVerify: false, needsCode: true },
  not_yet: { word: 'Not there yet', tone: 'warn', mayVerify: true, needsCode: false },
  not_found: { word: 'No such account', tone: 'bad', mayVerify: true, needsCode: false },
  unreadable: { word: 'Could not read', tone: 'warn', mayVerify: true, needsCode: false },
  waiting: { word: 'Not verified', tone: 'neutral', mayVerify: true, needsCode: false },
};

const SENTENCES: Record<AccountStateName, (facts: AccountFacts) => string> = {
  verified: () => 'Clips from this account count for you.',
  reading: ({ platform }) =>
    `We are reading it on ${platformName(platform)}. That takes up to a minute; you may leave this page.`,
  taken: () => 'This account is verified on Clipmeter already. An account belongs to one clipper.',
  expired: () => 'Take a new code, put it into the bio and press verify.',
  used_up: () => `The profile was looked at ${CODE_TRIES_MAX} times with this code. Take a new one.`,
  not_yet: ({ platform }) =>
    `We read the profile, and the code is not in its bio. ${platformName(platform)} may take a few minutes to show a change; then press verify again.`,
  not_found: ({ platform, handle }) =>
    `${platformName(platform)} knows no account @${handle}. Check the spelling, remove it and add the right one.`,
  unreadable: ({ platform }) => UNREADABLE[platform],
  waiting: () => 'Put the code into the bio of your profile, save it there and press verify.',
};

const UNREADABLE: Record<Platform, string> = {
  TIKTOK:
    'TikTok did not show us the profile: this says nothing of your code. A profile without a public video cannot be read; otherwise press verify again in a few minutes.',
  YOUTUBE: 'YouTube did not answer: this says nothing of your code. Press verify again in a few minutes.',
  INSTAGRAM:
    'Instagram did not show us the profile: this says nothing of your code. Press verify again in a few minutes.',
  X: 'X did not show us the profile: this says nothing of your code. A profile without a public post cannot be read; otherwise press verify again in a few minutes.',
};
