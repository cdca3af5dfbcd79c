import { describe, expect, it } from 'vitest';
import type { CampaignStatus } from '#src/campaign-state.ts';
import { type FrozenTerms, maxViewsForBudget } from '#src/earnings.ts';
import { asId, type CampaignId, type ClipId } from '#src/id.ts';
import { type Micros, parseMicros, ZERO_MICROS } from '#src/money.ts';
import type { Counts } from '#src/platform.ts';
import { DEFAULT_SETTLE_LIMITS, type SettleClip, settleCampaign } from '#src/settlement.ts';

const usd = parseMicros;
const clipId = (n: number) => asId<ClipId>(`00000000-0000-7000-8000-${n.toString().padStart(12, '0')}`);

const terms: FrozenTerms = {
  metric: 'plays',
  initialViews: 1_000n,
  ratePer1000Micros: usd('10'),
  capMicros: null,
  minViews: 0n,
  carriedMicros: ZERO_MICROS,
};

function campaign(spent: string, status: CampaignStatus = 'ACTIVE') {
  const id = asId<CampaignId>('00000000-0000-7000-9000-000000000001');
  return { id, status, budgetMicros: usd('100'), spentMicros: usd(spent) };
}

function clip(counts: Counts, more: Partial<SettleClip> = {}): SettleClip {
  const previousViews = 1_000n;
  return {
    clipId: clipId(1),
    terms,
    creditedMicros: ZERO_MICROS,
    observation: { counts },
    previousViews,
    doubtfulViews: null,
    ...more,
  };
}

function settle(spent: string, clips: SettleClip[], status?: CampaignStatus) {
  return settleCampaign({ campaign: campaign(spent, status), clips }, DEFAULT_SETTLE_LIMITS);
}

describe('the worked example: budget $100 of which $50 is spent, $10 per 1,000, baseline 1,000 views', () => {
  it('earns $40 at 5,000 views, and $90 is spent', () => {
    expect(settle('50', [clip({ plays: 5_000n })])).toEqual({
      leftBeforeMicros: usd('50'),
      owedMicros: usd('40'),
      creditedMicros: usd('40'),
      spentAfterMicros: usd('90'),
      exhausted: false,
      clips: [
        {
          clipId: clipId(1),
          views: 5_000n,
          owedMicros: usd('40'),
          creditMicros: usd('40'),
          flag: null,
          doubtfulViews: null,
        },
      ],
    });
  });

  it('is owed $15 more at 6,500 views, gets the $10 that are left, and the budget is exhausted', () => {
    const decision = settle('90', [clip({ plays: 6_500n }, { creditedMicros: usd('40'), previousViews: 5_000n })]);
    expect(decision).toMatchObject({
      leftBeforeMicros: usd('10'),
      owedMicros: usd('15'),
      creditedMicros: usd('10'),
      spentAfterMicros: usd('100'),
      exhausted: true,
    });
  });
});

it('shares $100.000000 among five clips that are owed $45 each', () => {
  const clips = [1, 2, 3, 4, 5].map((n) => clip({ plays: 5_500n }, { clipId: clipId(n) }));
  const decision = settle('0', clips);
  expect(decision.owedMicros).toBe(usd('225'));
  expect(decision.clips.map((each) => each.creditMicros)).toEqual(Array<Micros>(5).fill(usd('20')));
  expect(decision).toMatchObject({ spentAfterMicros: usd('100'), exhausted: true });
});

describe('what owes nothing', () => {
  it.each<[string, Counts, bigint | null, string | null]>([
    ['views that fell', { plays: 4_000n }, 4_000n, null],
    ['the same views again', { plays: 5_000n }, 5_000n, null],
    ['views below the baseline', { plays: 10n }, 10n, null],
    [
      'a switch of metric: views 1,000 at approval, another count of 50,000 now',
      { views: 50_000n },
      null,
      'metric_mismatch',
    ],
    ['a read without any count', {}, null, null],
    ['a count below zero, which is no count', { plays: -1n }, null, null],
    ['a count that no column holds', { plays: 2n ** 63n }, null, null],
  ])('%s', (_, counts, views, flag) => {
    const decision = settle('40', [clip(counts, { creditedMicros: usd('40'), previousViews: 5_000n })]);
    expect(decision).toMatchObject({ owedMicros: 0n, creditedMicros: 0n, spentAfterMicros: usd('40') });
    expect(decision.clips).toMatchObject([{ views, flag, creditMicros: 0n, doubtfulViews: null }]);
  });
});

it('pays by the metric of the terms and ignores what else was counted', () => {
  const decision = settle('0', [clip({ plays: 2_000n, views: 900_000n, impressions: 7n })]);
  expect(decision.clips).toMatchObject([{ views: 2_000n, creditMicros: usd('10'), flag: null }]);
});

describe('a campaign that is not active', () => {
  it.each<CampaignStatus>(['DRAFT', 'SCHEDULED', 'PAUSED', 'COMPLETED', 'CANCELLED'])(
    'credits nothing when %s',
    (status) => {
      const decision = settle('50', [clip({ plays: 5_000n })], status);
      expect(decision).toMatchObject({
        owedMicros: usd('40'),
        creditedMicros: 0n,
        spentAfterMicros: usd('50'),
        exhausted: false,
      });
      expect(decision.clips).toMatchObject([{ views: 5_000n, owedMicros: usd('40'), creditMicros: 0n }]);
    },
  );

  it('pays the growth of a pause at the first read after it', () => {
    settle('0', [clip({ plays: 3_000n })], 'PAUSED');
    const after = settle('0', [clip({ plays: 3_000n }, { previousViews: 3_000n })]);
    expect(after.creditedMicros).toBe(usd('20'));
  });
});

describe('a jump beyond the bound', () => {
  const richBudget = { ...campaign('0'), budgetMicros: usd('100000000') };
  const read = (plays: bigint, doubtfulViews: bigint | null) => {
    const input = { campaign: richBudget, clips: [clip({ plays }, { doubtfulViews })] };
    const [decision] = settleCampaign(input, DEFAULT_SETTLE_LIMITS).clips;
    return decision;
  };
  const bound = 1_000n * 20n + 1_000_000n;

  it('is none at the bound itself', () => {
    expect(read(bound, null)).toMatchObject({ views: bound, flag: null, doubtfulViews: null });
  });

  it('waits, flagged, and credits nothing', () => {
    expect(read(bound + 1n, null)).toEqual({
      clipId: clipId(1),
      views: null,
      owedMicros: 0n,
      creditMicros: 0n,
      flag: 'doubtful_jump',
      doubtfulViews: bound + 1n,
    });
  });

  it('is confirmed by a second read of at least 90 % of it', () => {
    expect(read(1_800_000n, 2_000_000n)).toMatchObject({
      views: 1_800_000n,
      creditMicros: usd('17990'),
      flag: null,
      doubtfulViews: null,
    });
  });

  it('waits again when the second read is beyond the bound but below 90 %', () => {
    expect(read(1_799_999n, 2_000_000n)).toMatchObject({
      views: null,
      flag: 'doubtful_jump',
      doubtfulViews: 1_799_999n,
    });
  });

  it('waits again when the second read is a jump even from the waiting count', () => {
    expect(read(41_000_001n, 2_000_000n)).toMatchObject({ flag: 'doubtful_jump', doubtfulViews: 41_000_001n });
    expect(read(41_000_000n, 2_000_000n)).toMatchObject({ views: 41_000_000n, flag: null });
  });

  it('is forgotten when the next read is an ordinary one', () => {
    expect(read(1_500n, 2_000_000n)).toMatchObject({ views: 1_500n, creditMicros: usd('5'), doubtfulViews: null });
  });

  it('goes on waiting through a read without a count', () => {
    const input = { campaign: richBudget, clips: [clip({}, { doubtfulViews: 2_000_000n })] };
    expect(settleCampaign(input, DEFAULT_SETTLE_LIMITS).clips).toMatchObject([
      { views: null, doubtfulViews: 2_000_000n },
    ]);
  });
});

describe('rows that contradict each other stop the settlement', () => {
  it('when more is spent than the budget', () => {
    expect(() => settle('100.000001', [])).toThrow('no more is spent than the budget');
  });

  it('when a clip is there twice', () => {
    expect(() => settle('0', [clip({ plays: 5_000n }), clip({ plays: 5_000n })])).toThrow('a clip claims once');
  });
});

it('survives counts that would earn more than an amount can be', () => {
  const absurd = 2n ** 63n - 1n;
  const clips = [1, 2].map((n) => clip({ plays: absurd }, { clipId: clipId(n), previousViews: absurd }));
  const decision = settle('0', clips);
  expect(decision).toMatchObject({ creditedMicros: usd('100'), exhausted: true });
});

it('spends a budget on exactly the views that it can pay', () => {
  const views = maxViewsForBudget(usd('100'), usd('10'));
  expect(views).toBe(10_000n);
  expect(settle('0', [clip({ plays: 1_000n + views })])).toMatchObject({ owedMicros: usd('100'), exhausted: true });
});
