import type { SocialAccountRow } from '#src/client/outputs.ts';
import type { Payload } from '#src/live/page-event.ts';

/** The list after an event, in the order in which accounts were added. The same array if it says nothing new. */
export function applyToAccounts(rows: SocialAccountRow[], event: Payload<'account.changed'>): SocialAccountRow[] {
  const { removed, at: _, ...account } = event;
  const index = rows.findIndex((row) => row.accountId === account.accountId);
  const known = rows[index];
  if (known !== undefined && account.version <= known.version) return rows;
  if (removed) return known === undefined ? rows : rows.toSpliced(index, 1);
  if (known !== undefined) return rows.with(index, account);
  return [...rows, account].toSorted((a, b) =>
    a.createdAt === b.createdAt ? (a.accountId < b.accountId ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1,
  );
}
