import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ACCOUNT_STATES,
  type AccountFacts,
  accountState,
  bioHasCode,
  CHECK_OUTCOMES,
  CODE_BYTES,
  CODE_TRIES_MAX,
  codeFrom,
} from '#src/account-proof.ts';
import { PLATFORMS } from '#src/platform.ts';

const NOW = 1_000_000;
const fresh: AccountFacts = {
  platform: 'TIKTOK',
  handle: 'mira.cuts',
  verifiedAtMs: null,
  codeExpiresAtMs: NOW + 1,
  attempts: 0,
  checkRequestedAtMs: null,
  checkedAtMs: null,
  checkOutcome: null,
};

test('a code is short, has nothing ambiguous and is found in a bio whatever the case and what stands around it', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: CODE_BYTES, maxLength: CODE_BYTES }),
      fc.string(),
      fc.string(),
      (bytes, before, after) => {
        const code = codeFrom(bytes);
        expect(code).toMatch(/^cm-[2-9b-z]{8}$/);
        expect(code.slice(3)).not.toMatch(/[aeiouyl01]/);
        expect(bioHasCode(`${before} ${code.toUpperCase()} ${after}`, code)).toBe(true);
      },
    ),
  );
});

test('a bio without the code, or with a part of it, does not hold it', () => {
  const code = codeFrom(new Uint8Array(CODE_BYTES));
  expect(bioHasCode('', code)).toBe(false);
  expect(bioHasCode(`clips ${code.slice(0, -1)}`, code)).toBe(false);
  expect(bioHasCode('ｃｍ－２２２２２２２２', code)).toBe(true);
});

test.each([
  ['waiting', {}],
  ['reading', { checkRequestedAtMs: 5, checkedAtMs: null }],
  ['reading', { checkRequestedAtMs: 5, checkedAtMs: 4, checkOutcome: null, codeExpiresAtMs: NOW }],
  ['not_yet', { checkRequestedAtMs: 5, checkedAtMs: 6, checkOutcome: 'NOT_YET' }],
  ['unreadable', { checkRequestedAtMs: 5, checkedAtMs: 6, checkOutcome: 'UNREADABLE' }],
  ['not_found', { checkRequestedAtMs: 5, checkedAtMs: 6, checkOutcome: 'NOT_FOUND' }],
  ['taken', { checkRequestedAtMs: 5, checkedAtMs: 6, checkOutcome: 'TAKEN', codeExpiresAtMs: NOW }],
  ['expired', { codeExpiresAtMs: NOW }],
  ['expired', { checkRequestedAtMs: 5, checkedAtMs: 6, checkOutcome: 'NOT_YET', codeExpiresAtMs: NOW }],
  ['used_up', { attempts: CODE_TRIES_MAX, checkOutcome: 'NOT_YET' }],
  ['verified', { verifiedAtMs: 7, codeExpiresAtMs: null }],
] as const)('it is %s with %j', (name, facts) => {
  expect(accountState({ ...fresh, ...facts }, NOW).name).toBe(name);
});

test('“not there yet” and “could not read” say different things, on every platform', () => {
  for (const platform of PLATFORMS) {
    const said = (checkOutcome: 'NOT_YET' | 'UNREADABLE') =>
      accountState({ ...fresh, platform, checkRequestedAtMs: 1, checkedAtMs: 2, checkOutcome }, NOW);
    expect(said('NOT_YET').sentence).toContain('the code is not in its bio');
    expect(said('UNREADABLE').sentence).toContain('says nothing of your code');
    expect(said('NOT_YET').word).not.toBe(said('UNREADABLE').word);
  }
});

test('every outcome leads to a state, and every state says what to do', () => {
  for (const checkOutcome of CHECK_OUTCOMES) {
    const verifiedAtMs = checkOutcome === 'VERIFIED' ? 2 : null;
    const facts = { ...fresh, verifiedAtMs, checkRequestedAtMs: 1, checkedAtMs: 2, checkOutcome };
    expect(ACCOUNT_STATES).toContain(accountState(facts, NOW).name);
    expect(accountState(facts, NOW).sentence).toMatch(/\.$/);
  }
});
