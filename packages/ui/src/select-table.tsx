'use client';

import { useEffect, useRef, useState } from 'react';
import { DataTable, type DataTableProps } from '#src/data-table.tsx';
import { type PageKeys, usePageKeys } from '#src/page-keys.ts';
import { keepChoice, moveRow, NO_CHOICE, type RowChoice, toggleAllRows, toggleRow } from '#src/row-choice.ts';

export interface RowChoices {
  readonly choice: RowChoice;
  change(next: (choice: RowChoice) => RowChoice): void;
  clear(): void;
}

/** The choice among the rows that can be chosen now; rows that go leave it by themselves. */
export function useRowChoice(keys: readonly string[]): RowChoices {
  const [kept, setKept] = useState(NO_CHOICE);
  const choice = keepChoice(kept, keys);
  if (choice !== kept) setKept(choice);
  return { choice, change: setKept, clear: () => setKept((before) => ({ ...before, selected: new Set() })) };
}

interface SelectTableProps<Row> extends Omit<DataTableProps<Row>, 'rowLook'> {
  choices: RowChoices;
  /** The rows that can be chosen. */
  choosable: readonly string[];
  /** What a screen reader calls a row: "Select NAME". */
  rowName: (row: Row) => string;
  /** A row that is here only until the reader looks away. */
  isFaded?: (row: Row) => boolean;
  onOpen: (key: string) => void;
  /** Further keys of this table: "a" approves. */
  keys?: PageKeys;
}

/**
 * A table to work through: rows are chosen with the pointer (shift: from the last one) or by keys: j and k move, J and K
 * choose on the way, x chooses, Enter opens, Escape lets go.
 */
export function SelectTable<Row>({
  choices,
  choosable,
  rowName,
  isFaded,
  onOpen,
  keys,
  columns,
  rowKey,
  ...table
}: SelectTableProps<Row>) {
  const { choice, change, clear } = choices;
  const body = useRef<HTMLDivElement>(null);
  const currentKey = choice.current?.key;
  const isAll = choosable.length > 0 && choosable.every((key) => choice.selected.has(key));

  useEffect(() => {
    if (currentKey === undefined) return;
    body.current?.querySelector(`[data-row="${CSS.escape(currentKey)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [currentKey]);

  const move = (by: 1 | -1, shift: boolean) => () => void change((before) => moveRow(before, choosable, by, { shift }));
  usePageKeys({
    j: move(1, false),
    k: move(-1, false),
    J: move(1, true),
    K: move(-1, true),
    x: () => {
      if (currentKey === undefined) return false;
      return change((before) => toggleRow(before, choosable, currentKey));
    },
    Enter: () => {
      if (currentKey === undefined) return false;
      return onOpen(currentKey);
    },
    Escape: () => {
      if (choice.selected.size === 0) return false;
      return clear();
    },
    ...keys,
  });

  return (
    <div ref={body}>
      <DataTable
        {...table}
        rowKey={rowKey}
        rowLook={(row) => ({
          current: rowKey(row) === currentKey,
          selected: choice.selected.has(rowKey(row)),
          faded: isFaded?.(row) ?? false,
        })}
        columns={[
          {
            id: 'select',
            header: (
              <SelectBox
                label="Select all shown"
                checked={isAll}
                mixed={!isAll && choice.selected.size > 0}
                onChange={() => change((before) => toggleAllRows(before, choosable))}
              />
            ),
            phone: 'mark',
            className: 'w-8 sm:pr-0 sm:align-middle',
            cell: (row) => {
              const key = rowKey(row);
              if (!choosable.includes(key)) return null;
              return (
                <SelectBox
                  label={`Select ${rowName(row)}`}
                  checked={choice.selected.has(key)}
                  onChange={(shift) => change((before) => toggleRow(before, choosable, key, { shift }))}
                />
              );
            },
          },
          ...columns,
        ]}
      />
    </div>
  );
}

interface SelectBoxProps {
  label: string;
  checked: boolean;
  /** Some are chosen. */
  mixed?: boolean;
  onChange: (shift: boolean) => void;
}

/** A checkbox with room around it for a finger. */
function SelectBox({ label, checked, mixed = false, onChange }: SelectBoxProps) {
  return (
    <label className="-m-2 inline-grid size-8 cursor-pointer place-items-center align-middle pointer-coarse:-m-3 pointer-coarse:size-11">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={(box) => {
          if (box !== null) box.indeterminate = mixed;
        }}
        onChange={(event) => onChange(event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
        className="size-4 accent-accent pointer-coarse:size-5"
      />
    </label>
  );
}
