import { describe, expect, it } from 'vitest';
import { compareCursors, formatCursor, parseCursor } from '#src/cursor.ts';

const cursor = (generation: number, xid: bigint, id: bigint) => formatCursor({ generation, xid, id });

describe('a cursor', () => {
  it('orders by generation, then transaction, then event, as numbers', () => {
    const ordered = [
      cursor(1, 9n, 500n),
      cursor(1, 10n, 0n),
      cursor(1, 10n, 2n),
      cursor(1, 10n, 10n),
      cursor(2, 1n, 1n),
    ];
    expect(ordered.toReversed().sort(compareCursors)).toEqual(ordered);
  });

  it('survives being sent to a browser and back', () => {
    expect(parseCursor(cursor(3, 18446744073709551615n, 9223372036854775807n))).toBe(
      '3:18446744073709551615:9223372036854775807',
    );
  });

  it.each([
    '',
    '1:2',
    '1:2:3:4',
    '-1:2:3',
    '1:2:x',
    '1:18446744073709551616:0',
    '1:1:9223372036854775808',
    '9999999999:1:1',
  ])('is not %j, which Postgres never gave', (text) => expect(parseCursor(text)).toBeNull());
});
