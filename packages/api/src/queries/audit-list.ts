import { type AuditEntryRow, readAuditLog } from '@clipmeter/db/read-audit-log';
import { readSnapshot } from '@clipmeter/db/read-snapshot';
import { z } from 'zod';
import type { SignedInContext } from '#src/context.ts';
import type { AuditListInput } from '#src/input/audit.ts';
import { pageOf, parsePlace } from '#src/page-cursor.ts';

/** What was done, newest first, a page at a time. */
export function auditList({ pool }: SignedInContext, input: AuditListInput) {
  const after = parsePlace(input.cursor);
  return readSnapshot(pool, async (tx) => {
    const rows = await readAuditLog(tx, {
      actorId: input.actorId ?? null,
      action: input.action ?? null,
      subjectId: input.subjectId ?? null,
      search: input.search ? input.search : null,
      after,
      limit: input.limit + 1,
    });
    const { items, nextCursor } = pageOf(rows, input.limit, ({ id, at }) => ({ id, createdAt: at }));
    return { items: items.map(entryOf), nextCursor };
  });
}

const fields = z.record(z.string(), z.json());
const noted = z.looseObject({ before: fields.optional(), after: fields.optional() });

function entryOf({ details, ...row }: AuditEntryRow) {
  const { before = null, after = null, ...rest } = noted.parse(details);
  return { ...row, before, after, details: fields.parse(rest) };
}
