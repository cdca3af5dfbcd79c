import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, type ClipId, deriveId, uuidV5 } from '#src/id.ts';

describe('asId', () => {
  it('takes a uuid of any version, in lower case', () => {
    expect(asId<ClipId>('0192D3A4-5B6C-7D8E-9F00-112233445566')).toBe('0192d3a4-5b6c-7d8e-9f00-112233445566');
  });

  it.each(['', 'x', '0192d3a45b6c7d8e9f00112233445566', '0192d3a4-5b6c-7d8e-9f00-11223344556g', ' '.repeat(36)])(
    'refuses %j',
    (text) => {
      expect(() => asId<ClipId>(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    },
  );
});

describe('uuidV5', () => {
  it.each([
    // RFC 9562, appendix A.4; then those of Python's uuid documentation.
    ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com', '2ed6657d-e927-568b-95e1-2665a8aea6a2'],
    ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'python.org', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
  ])('of %s and %s', (namespace, name, uuid) => {
    expect(uuidV5(namespace, name)).toBe(uuid);
  });
});

describe('deriveId', () => {
  it('never changes: ids derived years ago are in the ledger', () => {
    expect(deriveId()).toBe('0d7ba3f2-af8f-5b90-9bb6-06e2199b344f');
    expect(deriveId('clip', 'run')).toBe('44960f12-5f7f-5b2f-b0c2-bb0992a02c33');
  });

  it('keeps the parts apart', () => {
    expect(deriveId('ab', 'c')).not.toBe(deriveId('a', 'bc'));
    expect(deriveId('a', '')).not.toBe(deriveId('a'));
    expect(deriveId('1:a')).not.toBe(deriveId('', 'a'));
  });

  it('is a valid id, the same for the same parts and another for others', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        expect(asId(deriveId(...a))).toBe(deriveId(...a));
        expect(deriveId(...a) === deriveId(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
