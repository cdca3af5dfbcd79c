import { z } from 'zod';
import type { Row } from '#src/actors/actor.ts';
import { apifyError } from '#src/http/apify-error.ts';
import { json, type Reply } from '#src/http/exchange.ts';

/** What the platform answers as the limit when none was asked for. */
const NO_LIMIT = 999_999_999_999;

const itemsQuerySchema = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(0).default(NO_LIMIT),
  desc: z.string().optional(),
  clean: z.string().optional(),
  skipEmpty: z.string().optional(),
  fields: z.string().optional(),
  omit: z.string().optional(),
});

/** Items of a dataset: a bare array, with the page's place in headers. */
export function datasetItems(rows: Row[], query: URLSearchParams): Reply {
  const parsed = itemsQuerySchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) return apifyError('invalid-input', { message: z.prettifyError(parsed.error) });
  const { offset, limit } = parsed.data;
  const desc = isOn(parsed.data.desc);
  const fields = parsed.data.fields?.split(',');
  const omit = parsed.data.omit?.split(',');
  const ordered = desc ? [...rows].reverse() : rows;
  let items = ordered.slice(offset, limit === 0 ? undefined : offset + limit);
  if (fields) items = items.map((row) => keep(row, (name) => fields.includes(name)));
  if (omit) items = items.map((row) => keep(row, (name) => !omit.includes(name)));
  if (isOn(parsed.data.clean)) items = items.map((row) => keep(row, (name) => !name.startsWith('#')));
  if (isOn(parsed.data.clean) || isOn(parsed.data.skipEmpty)) {
    items = items.filter((row) => Object.keys(row).length > 0);
  }
  return json(200, items, {
    'x-apify-pagination-total': String(rows.length),
    'x-apify-pagination-offset': String(offset),
    'x-apify-pagination-limit': String(limit === 0 ? NO_LIMIT : limit),
    'x-apify-pagination-count': String(items.length),
    'x-apify-pagination-desc': String(desc),
  });
}

function isOn(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true';
}

function keep(row: Row, isKept: (name: string) => boolean): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => isKept(name)));
}
