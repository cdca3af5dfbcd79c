// biome-ignore-all lint/a11y/noRedundantRoles: a table that CSS lays out as a grid on phones loses its implicit roles
'use client';

import { type ReactNode, useRef, useState } from 'react';
import { classNames } from '#src/class-names.ts';
import { useSlidingRows } from '#src/sliding-rows.ts';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row, index: number) => ReactNode;
  /** Numbers stand right. */
  align?: 'left' | 'right';
  /** Where the cell stands in the two-line row of a phone; without it, it is not shown there. */
  phone?: 'lead' | 'lead-end' | 'detail' | 'detail-end' | 'mark';
  className?: string;
}

export interface DataTableProps<Row> {
  /** What a screen reader calls the table. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Changes when the row did: it then shows a hairline of accent for a second. */
  rowVersion?: (row: Row) => string;
  /** Rows glide to their new place when the order changes. */
  sliding?: boolean;
  /** How a row stands among the others. */
  rowLook?: (row: Row) => RowLook;
}

/** Where keys are, what is chosen, and what is here only until the reader looks away. */
interface RowLook {
  current: boolean;
  selected: boolean;
  faded: boolean;
}

const PHONE_CELLS: Record<NonNullable<Column<unknown>['phone']>, string> = {
  mark: 'max-sm:col-start-1 max-sm:row-span-2 max-sm:row-start-1 max-sm:self-center',
  lead: 'max-sm:-col-start-3 max-sm:row-start-1',
  'lead-end': 'max-sm:-col-start-2 max-sm:row-start-1 max-sm:text-right',
  detail: 'max-sm:-col-start-3 max-sm:row-start-2',
  'detail-end': 'max-sm:-col-start-2 max-sm:row-start-2 max-sm:text-right',
};

/**
 * Dense rows at a desk, two-line rows on a phone: one table, laid out anew, so that nothing is in the page twice.
 */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowVersion,
  sliding = false,
  rowLook,
}: DataTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const marked = columns.some((column) => column.phone === 'mark');
  useSlidingRows(body, sliding ? rows.map(rowKey) : undefined);

  return (
    <table role="table" aria-label={label} className="w-full border-collapse text-sm max-sm:block">
      <thead className="max-sm:sr-only">
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={classNames(
                'sticky top-0 z-10 h-9 border-b bg-surface px-2.5 font-normal text-[0.8125rem] text-faint first:pl-5 last:pr-5',
                column.align === 'right' ? 'text-right' : 'text-left',
                column.className,
              )}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} role="rowgroup" className="max-sm:block">
        {rows.map((row, index) => (
          <TableRow
            key={rowKey(row)}
            id={rowKey(row)}
            version={rowVersion?.(row)}
            marked={marked}
            look={rowLook?.(row)}
          >
            {columns.map((column) => (
              <td
                key={column.id}
                role="cell"
                className={classNames(
                  'min-w-0 sm:h-10 sm:px-2.5 sm:py-2 sm:align-baseline sm:first:pl-5 sm:last:pr-5',
                  column.align === 'right' && 'sm:text-right',
                  column.phone === undefined ? 'max-sm:hidden' : PHONE_CELLS[column.phone],
                  column.className,
                )}
              >
                {column.cell(row, index)}
              </td>
            ))}
          </TableRow>
        ))}
      </tbody>
    </table>
  );
}

interface TableRowProps {
  id: string;
  version: string | undefined;
  /** A mark stands before the two lines of a phone. */
  marked: boolean;
  look: RowLook | undefined;
  children: ReactNode;
}

function TableRow({ id, version, marked, look, children }: TableRowProps) {
  const beat = useBeat(version);
  return (
    <tr
      role="row"
      data-row={id}
      aria-current={look?.current ? 'true' : undefined}
      className={classNames(
        'border-b last:border-b-0 hover:bg-sunken/50 max-sm:grid max-sm:min-h-14 max-sm:items-center max-sm:gap-x-3 max-sm:px-4 max-sm:py-2',
        marked ? 'max-sm:grid-cols-[auto_minmax(0,1fr)_auto]' : 'max-sm:grid-cols-[minmax(0,1fr)_auto]',
        beat > 0 && (beat % 2 === 0 ? 'changed-line-even' : 'changed-line-odd'),
        look?.selected && 'bg-accent-soft hover:bg-accent-soft',
        look?.current && 'outline-2 outline-accent -outline-offset-2',
        look?.faded && 'bg-sunken/60 line-through decoration-faint',
      )}
    >
      {children}
    </tr>
  );
}

/** Counts the changes of a value since it was first shown. Two class names take turns, so that each change plays. */
function useBeat(version: string | undefined): number {
  const [seen, setSeen] = useState({ version, beat: 0 });
  if (seen.version !== version) setSeen({ version, beat: seen.beat + 1 });
  return seen.beat;
}
