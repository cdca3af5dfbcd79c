import type { CampaignId } from '@clipmeter/core/id';
import type { Pool } from 'pg';
import { HISTORY_CHECKS } from '#src/audit-history-checks.ts';
import { LEDGER_CHECKS } from '#src/audit-ledger-checks.ts';
import { replayCampaign } from '#src/audit-replay.ts';
import { type Tx, withTransaction } from '#src/transaction.ts';

/** One kind of comparison: how much was compared, how much differs, and the first row that does. */
export interface AuditLine {
  readonly kind: string;
  readonly checked: number;
  readonly differences: number;
  readonly first: { subject: string; expected: string; actual: string } | null;
}

export interface AuditReport {
  readonly lines: readonly AuditLine[];
  readonly differences: number;
}

/** The statement timeout of the audit alone: it reads everything. */
const AUDIT_TIMEOUT = '30min';

/**
 * Rebuilds every balance, total and status from the rows that caused them and compares them with what is stored, to the
 * micro. One REPEATABLE READ READ ONLY transaction: it sees one moment of a live system and holds no one up.
 */
export async function runAudit(pool: Pool): Promise<AuditReport> {
  return withTransaction(
    pool,
    async (tx) => {
      await tx.query(`SET LOCAL statement_timeout = '${AUDIT_TIMEOUT}'`);
      await tx.query(`SET LOCAL idle_in_transaction_session_timeout = '${AUDIT_TIMEOUT}'`);
      const lines: AuditLine[] = [];
      for (const check of [...LEDGER_CHECKS, ...HISTORY_CHECKS]) {
        const counted = await tx.query<{ count: string }>(check.counted);
        const { rows } = await tx.query<{ subject: string; expected: string; actual: string }>(check.differences);
        lines.push(lineOf(check.kind, Number(counted.rows[0]?.count ?? 0), rows));
      }
      lines.push(await replayAll(tx));
      return { lines, differences: lines.reduce((sum, line) => sum + line.differences, 0) };
    },
    { isolation: 'REPEATABLE READ', readOnly: true },
  );
}

async function replayAll(tx: Tx): Promise<AuditLine> {
  const { rows } = await tx.query<{ id: CampaignId }>('SELECT id FROM campaigns ORDER BY id');
  let checked = 0;
  const found: { subject: string; expected: string; actual: string }[] = [];
  for (const { id } of rows) {
    const { replayed, differences } = await replayCampaign(tx, id);
    checked += replayed;
    found.push(...differences.map(({ kind, ...row }) => ({ ...row, subject: `${kind}: ${row.subject}` })));
  }
  return lineOf('settlements replayed from snapshots', checked, found);
}

function lineOf(
  kind: string,
  checked: number,
  rows: readonly { subject: string; expected: string; actual: string }[],
): AuditLine {
  const [first] = rows;
  return {
    kind,
    checked,
    differences: rows.length,
    first: first
      ? { subject: first.subject, expected: first.expected ?? 'nothing', actual: first.actual ?? 'nothing' }
      : null,
  };
}

/** The report as a table for a terminal, then the first differing row of each kind. */
export function formatAudit(report: AuditReport): string {
  const width = Math.max(...report.lines.map((line) => line.kind.length));
  const table = report.lines.map(
    (line) =>
      `${line.kind.padEnd(width)}  ${String(line.checked).padStart(9)}  ${String(line.differences).padStart(11)}`,
  );
  const firsts = report.lines.flatMap(({ kind, first }) =>
    first ? [`${kind}: ${first.subject} should be ${first.expected}, is ${first.actual}`] : [],
  );
  return [`${'compared'.padEnd(width)}  ${'rows'.padStart(9)}  differences`, ...table, '', ...firsts].join('\n');
}
