import { DomainError } from '@clipmeter/core/domain-error';
import { z } from 'zod';

/** A place in a list that can be sorted in several ways: what it is sorted by there, and the row's id. */
interface SortedPlace {
  key: string;
  id: string;
}

const placeSchema = z.tuple([
  z.string(),
  z.union([z.iso.datetime(), z.literal('infinity'), z.string().regex(/^\d{1,14}(\.\d{1,6})?$/)]),
  z.uuid(),
]);

/** The place says its order, so that it is never taken for one in another. */
export function formatSortedPlace(sort: string, { key, id }: SortedPlace): string {
  return [sort, key, id].join('_');
}

/** @throws DomainError INVALID_INPUT */
export function parseSortedPlace(text: string | null | undefined, sort: string): SortedPlace | null {
  if (text == null) return null;
  const parsed = placeSchema.safeParse(text.split('_'));
  if (!parsed.success || parsed.data[0] !== sort) throw new DomainError('INVALID_INPUT', 'That page does not exist.');
  const [, key, id] = parsed.data;
  return { key, id };
}
