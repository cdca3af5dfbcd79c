import { DomainError } from '@clipmeter/core/domain-error';

/** A place in a list that is ordered by time and id. */
export interface ListPlace {
  createdAt: Date;
  id: string;
}

const PATTERN = /^(\d{1,15})_([0-9a-f-]{36})$/;

export function formatPlace(row: { createdAt: string; id: string }): string {
  return `${Date.parse(row.createdAt)}_${row.id}`;
}

/** @throws DomainError INVALID_INPUT */
export function parsePlace(text: string | null | undefined): ListPlace | null {
  if (text == null) return null;
  const [, time, id] = PATTERN.exec(text) ?? [];
  if (time === undefined || id === undefined) throw new DomainError('INVALID_INPUT', 'That page does not exist.');
  return { createdAt: new Date(Number(time)), id };
}

/** Cuts a list that was read with one row too many, and says where the next page begins. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  placeOf: (row: Row) => { createdAt: string; id: string },
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? formatPlace(placeOf(last)) : null };
}
