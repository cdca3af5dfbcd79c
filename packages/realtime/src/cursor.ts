/**
 * A place in the event log: `generation:xid:id`. Events are read in (transaction id, event id) order, and every restore
 * begins a new generation, in which the same transaction ids are given again for something else.
 */
export type Cursor = string & { readonly brand: 'Cursor' };

export interface CursorParts {
  generation: number;
  xid: bigint;
  id: bigint;
}

const PATTERN = /^(\d{1,10}):(\d{1,20}):(\d{1,19})$/;
const GENERATION_MAX = 2 ** 31 - 1;
const XID_MAX = 2n ** 64n - 1n;
const ID_MAX = 2n ** 63n - 1n;

/** The cursor in `text`, or null if it is not one that Postgres could have given (a client may send anything). */
export function parseCursor(text: string): Cursor | null {
  const parts = partsOf(text);
  if (parts === null || parts.generation > GENERATION_MAX || parts.xid > XID_MAX || parts.id > ID_MAX) return null;
  return formatCursor(parts);
}

export function formatCursor({ generation, xid, id }: CursorParts): Cursor {
  // The one place where a string becomes a cursor.
  return `${generation}:${xid}:${id}` as Cursor;
}

export function cursorParts(cursor: Cursor): CursorParts {
  const parts = partsOf(cursor);
  if (parts === null) throw new Error(`not a cursor: ${cursor}`);
  return parts;
}

function partsOf(text: string): CursorParts | null {
  const [, generation, xid, id] = PATTERN.exec(text) ?? [];
  if (generation === undefined || xid === undefined || id === undefined) return null;
  return { generation: Number(generation), xid: BigInt(xid), id: BigInt(id) };
}

/** Negative if `a` is before `b`, 0 if they are the same place, positive if after. */
export function compareCursors(a: Cursor, b: Cursor): number {
  if (a === b) return 0;
  const left = cursorParts(a);
  const right = cursorParts(b);
  if (left.generation !== right.generation) return left.generation - right.generation;
  if (left.xid !== right.xid) return left.xid < right.xid ? -1 : 1;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}
