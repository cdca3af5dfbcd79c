import { type Claim, type ShareRule, shareRule } from '@clipmeter/core/allocation';
import type { ClipId } from '@clipmeter/core/id';
import type { Micros } from '@clipmeter/core/money';
import type { SettleDecision } from '@clipmeter/core/settlement';
import { ruleOf } from '#src/closing-observations.ts';
import type { Queryable } from '#src/connect.ts';
import { FIRST_PLACE, type SubmissionPlace } from '#src/submission-place.ts';

interface PartSettlement {
  readonly roundId: string | null;
  readonly through: SubmissionPlace | null;
}

interface RoundParts {
  readonly rule: ShareRule | null;
  readonly isOver: boolean;
  through: SubmissionPlace;
  /** What was left before the first part; null until that is replayed. */
  leftMicros: Micros | null;
  readonly claims: Claim[];
}

/** Follows the closing rounds of a campaign that were settled in parts through a replay of its settlements, in their order. */
export async function readRoundParts(client: Queryable, campaignId: string) {
  const { rows } = await client.query<{
    id: string;
    over: boolean;
    decided_left: string | null;
    decided_owed_total: string | null;
    lucky_remainder: string | null;
    lucky_clip_id: ClipId | null;
  }>(
    `SELECT id, ended_at IS NOT NULL AS over, decided_left, decided_owed_total, lucky_remainder, lucky_clip_id
     FROM closing_rounds WHERE campaign_id = $1 AND decided_at IS NOT NULL`,
    [campaignId],
  );
  const rounds = new Map<string, RoundParts>(
    rows.map((row) => [
      row.id,
      { rule: ruleOf(row), isOver: row.over, through: FIRST_PLACE, leftMicros: null, claims: [] },
    ]),
  );
  const roundOf = ({ roundId, through }: PartSettlement) =>
    through === null || roundId === null ? undefined : rounds.get(roundId);

  return {
    /** What a settlement of a round had to settle: all, or what is behind the part before it. */
    ofPart<Item extends SubmissionPlace>(settlement: PartSettlement, all: readonly Item[]): readonly Item[] {
      const { through } = settlement;
      if (through === null) return all;
      const after = roundOf(settlement)?.through ?? FIRST_PLACE;
      return all.filter((place) => comesBefore(after, place) && !comesBefore(through, place));
    },
    /** What a part was shared by; undefined for what was settled as a whole. */
    ruleOf: (settlement: PartSettlement): ShareRule | undefined => roundOf(settlement)?.rule ?? undefined,
    add(settlement: PartSettlement, decision: SettleDecision): void {
      const round = roundOf(settlement);
      if (!round) return;
      round.through = settlement.through ?? round.through;
      round.leftMicros ??= decision.leftBeforeMicros;
      round.claims.push(...decision.clips);
    },
    /** Rounds whose parts do not come to what one settlement of all their clips would: subject, expected, actual. */
    differences(): (readonly [subject: string, expected: string, actual: string])[] {
      return [...rounds].flatMap(([id, { rule, isOver, leftMicros, claims }]) => {
        if (!isOver || leftMicros === null) return [];
        return [[`closing round ${id}`, wordsOf(shareRule(leftMicros, claims)), wordsOf(rule)] as const];
      });
    },
  };
}

/** As Postgres orders them: uuids by their bytes, which their lower case text keeps. */
const comesBefore = (a: SubmissionPlace, b: SubmissionPlace): boolean =>
  a.userId === b.userId ? a.submissionId < b.submissionId : a.userId < b.userId;

function wordsOf(rule: ShareRule | null): string {
  if (!rule) return 'nothing';
  const { leftMicros, owedTotal, lastLucky } = rule;
  const lucky = lastLucky ? `, the last micro to ${lastLucky.clipId} with ${lastLucky.remainder}` : '';
  return `${leftMicros} micros shared among ${owedTotal}${lucky}`;
}
