import { DomainError } from '@clipmeter/core/domain-error';
import type { FrozenTerms } from '@clipmeter/core/earnings';
import { formatDecimal, type Micros, micros, subtractMicros } from '@clipmeter/core/money';
import { creditArithmetic } from '@clipmeter/core/statement';
import type { Queryable } from '@clipmeter/db/connect';
import { microsFromNumeric } from '@clipmeter/db/micros-column';
import type { ClipRow } from '@clipmeter/db/read-clips';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { type CreditRow, readCredits, sumCredits } from '@clipmeter/db/read-statement';
import type { SignedInContext } from '#src/context.ts';
import type { StatementLine } from '#src/output/statement.ts';
import { visibleClip } from '#src/queries/visible-clip.ts';

/** Where a page of a statement begins: below this entry, at this sum of all credits up to there. */
interface StatementPlace {
  entryId: string;
  creditedMicros: Micros;
}

const PATTERN = /^(\d{1,19})_(\d{1,20})$/;

/** Every credit of a clip, newest first. A page goes on from the sum that the one before came down to. */
export function clipStatement(
  { pool, viewer }: SignedInContext,
  { id, cursor, limit }: { id: string; cursor?: string | null | undefined; limit: number },
) {
  const place = parseStatementPlace(cursor);
  return readSnapshot(pool, async (tx) => {
    const clip = await visibleClip(tx, viewer, id);
    const rows = await readCredits(tx, { submissionId: id, before: place?.entryId ?? null, limit: limit + 1 });
    let afterMicros = place?.creditedMicros ?? (await creditedOf(tx, clip));
    const items = rows.slice(0, limit).map((row, index) => {
      const line = lineOf(row, rows[index + 1], afterMicros);
      afterMicros = subtractMicros(afterMicros, microsFromNumeric(row.amount));
      return line;
    });
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last !== undefined ? `${last.entryId}_${afterMicros}` : null;
    return { items, nextCursor };
  });
}

/** The clip's own figure, unless its video may have gone on to earn elsewhere. */
async function creditedOf(client: Queryable, clip: ClipRow): Promise<Micros> {
  return microsFromNumeric(clip.status === 'REVOKED' ? await sumCredits(client, clip.submissionId) : clip.credited);
}

function lineOf(row: CreditRow, older: CreditRow | undefined, creditedAfterMicros: Micros): StatementLine {
  const amountMicros = microsFromNumeric(row.amount);
  const creditedBeforeMicros = subtractMicros(creditedAfterMicros, amountMicros);
  const arithmetic = creditArithmetic(frozenOf(row), {
    views: BigInt(row.views),
    creditedBeforeMicros,
    creditMicros: amountMicros,
  });
  const { since, ...terms } = row.terms;
  const fromIsBaseline = older === undefined || older.terms.number !== terms.number;
  return {
    entryId: row.entryId,
    at: row.eventAt.toISOString(),
    amount: row.amount,
    from: fromIsBaseline
      ? { at: since.toISOString(), views: Number(terms.initialViews) }
      : { at: older.readAt.toISOString(), views: Number(older.views) },
    fromIsBaseline,
    to: { at: row.readAt.toISOString(), views: Number(row.views) },
    terms: { ...terms, initialViews: Number(terms.initialViews), minViews: Number(terms.minViews) },
    growth: Number(arithmetic.growth),
    earned: formatDecimal(arithmetic.earnedMicros),
    creditedBefore: formatDecimal(creditedBeforeMicros),
    owed: formatDecimal(arithmetic.owedMicros),
    beyond:
      arithmetic.beyondMicros === 0n
        ? null
        : { views: Number(arithmetic.beyondViews), amount: formatDecimal(arithmetic.beyondMicros) },
    creditedAfter: formatDecimal(creditedAfterMicros),
    settlement: {
      number: row.settlementNumber,
      closing: row.settlementKind === 'CLOSING',
      leftBefore: row.leftBefore,
      owedInAll: row.owedInAll,
    },
  };
}

const frozenOf = ({ terms }: CreditRow): FrozenTerms => ({
  metric: terms.metric,
  initialViews: BigInt(terms.initialViews),
  ratePer1000Micros: microsFromNumeric(terms.ratePer1000),
  capMicros: terms.cap === null ? null : microsFromNumeric(terms.cap),
  minViews: BigInt(terms.minViews),
  carriedMicros: microsFromNumeric(terms.carried),
});

/** @throws DomainError INVALID_INPUT */
function parseStatementPlace(text: string | null | undefined): StatementPlace | null {
  if (text == null) return null;
  const [, entryId, credited] = PATTERN.exec(text) ?? [];
  if (entryId === undefined || credited === undefined) {
    throw new DomainError('INVALID_INPUT', 'That page does not exist.');
  }
  return { entryId, creditedMicros: micros(BigInt(credited)) };
}
