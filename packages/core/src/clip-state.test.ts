import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLIP_STATES,
  type ClipFacts,
  type ClipStateName,
  clipState,
  clipStateSentence,
  earnsAgainAbove,
} from '#src/clip-state.ts';
import { earnedMicros } from '#src/earnings.ts';
import { formatUsd, micros, parseMicros, ZERO_MICROS } from '#src/money.ts';

const TERMS: ClipFacts['terms'] = {
  initialViews: 1_000n,
  ratePer1000Micros: parseMicros('2'),
  capMicros: null,
  minViews: 0n,
  carriedMicros: ZERO_MICROS,
};

const TRACKING: ClipFacts = {
  status: 'APPROVED',
  platform: 'TIKTOK',
  availability: 'LIVE',
  views: 6_000n,
  terms: TERMS,
  creditedMicros: parseMicros('10'),
  heldReason: null,
  isDoubtful: false,
  revokedReason: null,
  isStill: false,
  platformStatus: 'OK',
  campaign: { status: 'ACTIVE', completionReason: null, released: false },
};

const over = (completionReason: ClipFacts['campaign']['completionReason'], released = true) =>
  ({ status: completionReason === 'CANCELLED' ? 'CANCELLED' : 'COMPLETED', completionReason, released }) as const;

const STATES: Record<ClipStateName, { facts: Partial<ClipFacts>; says: string[] }> = {
  tracking: { facts: {}, says: ['$10.00 it earned is kept'] },
  nothing_new: { facts: { isStill: true }, says: ['no new views', 'at the next read'] },
  below_minimum: {
    facts: { terms: { ...TERMS, minViews: 10_000n }, creditedMicros: ZERO_MICROS },
    says: ['from 10,000 views on', '5,000 views still to go', 'from the first'],
  },
  fell: {
    facts: { views: 4_000n },
    says: ['fewer views than before', '$10.00 it earned stays', 'earns again above 6,000 views'],
  },
  capped: {
    facts: { terms: { ...TERMS, capMicros: parseMicros('10') }, views: 90_000n },
    says: ['the most that a clip can earn here, $10.00', 'another clip'],
  },
  paused: { facts: { campaign: { ...TRACKING.campaign, status: 'PAUSED' } }, says: ['count when it goes on'] },
  budget_reached: {
    facts: { campaign: over('BUDGET') },
    says: ['budget is spent', '$10.00 in all', 'available balance'],
  },
  ended: { facts: { campaign: over('DEADLINE') }, says: ['reached its deadline', '$10.00 in all'] },
  on_hold: {
    facts: { heldReason: 'The video now shows another author' },
    says: ['shows another author.', 'count if it is released', 'An admin looks at it'],
  },
  platform_delayed: { facts: { platformStatus: 'DELAYED' }, says: ['TikTok answers late', 'nothing is lost'] },
  private: { facts: { availability: 'PRIVATE' }, says: ['is private', 'Make it public again'] },
  gone: { facts: { availability: 'GONE' }, says: ['no longer has this video', '$10.00 it earned is kept'] },
  revoked: {
    facts: { status: 'REVOKED', revokedReason: 'bought views' },
    says: ['took its approval back: bought views.', '$10.00 until then'],
  },
};

const NOTES: Partial<Record<ClipStateName, string>> = {
  below_minimum: '5,000 to go',
  fell: 'earns again above 6,000',
  capped: '$10.00',
};

describe('a clip has one state, as a word and a sentence', () => {
  it.each(CLIP_STATES)('%s', (name) => {
    const { facts, says } = STATES[name];
    const state = clipState({ ...TRACKING, ...facts });
    expect(state.name).toBe(name);
    expect(state.word).not.toBe('');
    for (const part of says) expect(clipStateSentence(state)).toContain(part);
    expect(state.note).toBe(NOTES[name] ?? null);
    for (const part of [state.why, state.kept, state.toDo]) expect(part).toMatch(/^[A-Z].*\.$/);
  });

  it('has words and icons that no other state has', () => {
    const shown = CLIP_STATES.map((name) => clipState({ ...TRACKING, ...STATES[name].facts }));
    expect(new Set(shown.map(({ word }) => word)).size).toBe(CLIP_STATES.length);
    expect(new Set(shown.map(({ icon }) => icon)).size).toBe(CLIP_STATES.length);
  });

  it('is what ended it, what stops it, or what delays it, before anything that its count says', () => {
    const outside = CLIP_STATES.slice(0, CLIP_STATES.indexOf('capped'));
    for (const [index, name] of outside.entries()) {
      for (const other of CLIP_STATES.slice(index + 1)) {
        const both = { ...TRACKING, ...STATES[other].facts, ...STATES[name].facts };
        expect(clipState(both).name).toBe(name);
      }
    }
  });
});

describe('the states that depend on money', () => {
  it('is paid once more as soon as its count is above the one that is named', () => {
    const amounts = {
      initialViews: fc.bigInt(0n, 1_000_000n),
      rate: fc.bigInt(1n, 50_000_000n),
      minViews: fc.bigInt(0n, 100_000n),
      carried: fc.bigInt(0n, 5_000_000n),
      growth: fc.bigInt(0n, 5_000_000n),
    };
    fc.assert(
      fc.property(fc.record(amounts), ({ initialViews, rate, minViews, carried, growth }) => {
        const terms = {
          metric: 'plays' as const,
          initialViews,
          ratePer1000Micros: micros(rate),
          capMicros: null,
          minViews,
          carriedMicros: micros(carried),
        };
        const creditedMicros = earnedMicros(terms, initialViews + growth);
        const above = earnsAgainAbove({ terms, creditedMicros });
        expect(earnedMicros(terms, above)).toBeLessThanOrEqual(creditedMicros);
        expect(earnedMicros(terms, above + 1n)).toBeGreaterThan(creditedMicros);
        expect(above).toBeGreaterThanOrEqual(initialViews);
      }),
    );
  });

  it('has not fallen at the very count that it was paid for, whatever the rounding', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 9_000_000n), fc.bigInt(0n, 3_000_000n), (rate, growth) => {
        const terms = { ...TERMS, ratePer1000Micros: micros(rate) };
        const views = terms.initialViews + growth;
        const creditedMicros = earnedMicros({ ...terms, metric: 'plays' }, views);
        expect(clipState({ ...TRACKING, terms, views, creditedMicros }).name).toBe('tracking');
      }),
    );
  });

  it('fell when it reached its minimum once, and waits for it when it never did', () => {
    const terms = { ...TERMS, minViews: 5_000n };
    expect(clipState({ ...TRACKING, terms, views: 3_000n }).name).toBe('fell');
    expect(clipState({ ...TRACKING, terms, views: 500n, creditedMicros: ZERO_MICROS }).name).toBe('below_minimum');
  });

  it('says what one view is missing, and of what a re-base carried over', () => {
    const terms = { ...TERMS, minViews: 5_001n, carriedMicros: parseMicros('3') };
    const state = clipState({ ...TRACKING, terms, creditedMicros: terms.carriedMicros });
    expect(state.why).toContain('1 view still to go');
    expect(state.kept).toContain(formatUsd(terms.carriedMicros));
  });

  it('is on hold until a second read confirms a jump', () => {
    const state = clipState({ ...TRACKING, isDoubtful: true });
    expect([state.name, state.why]).toEqual(['on_hold', expect.stringContaining('second read')]);
  });

  it('says when what was earned becomes available', () => {
    expect(clipState({ ...TRACKING, campaign: over('ADMIN', false) }).toDo).toBe('It becomes available in a moment.');
    expect(clipState({ ...TRACKING, campaign: over('ADMIN', true) }).toDo).toBe('It is in your available balance.');
  });
});
