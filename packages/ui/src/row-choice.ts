/** Rows of a table that are chosen, and the row that keys act on. */
export interface RowChoice {
  readonly selected: ReadonlySet<string>;
  /** The row that keys act on, and where it stood when it was last seen. */
  readonly current: { readonly key: string; readonly index: number } | null;
  /** Where a choice with shift begins. */
  readonly anchor: string | null;
}

export const NO_CHOICE: RowChoice = { selected: new Set(), current: null, anchor: null };

/**
 * The choice among the rows that are there now: what is gone is not chosen any more, and keys act on the row that took
 * its place. The same object if nothing changed.
 */
export function keepChoice(choice: RowChoice, keys: readonly string[]): RowChoice {
  const there = new Set(keys);
  const selected = [...choice.selected].every((key) => there.has(key))
    ? choice.selected
    : new Set([...choice.selected].filter((key) => there.has(key)));
  const current = keepCurrent(choice.current, keys);
  const anchor = choice.anchor !== null && there.has(choice.anchor) ? choice.anchor : null;
  const isSame = selected === choice.selected && current === choice.current && anchor === choice.anchor;
  return isSame ? choice : { selected, current, anchor };
}

function keepCurrent(current: RowChoice['current'], keys: readonly string[]): RowChoice['current'] {
  if (current === null) return null;
  const index = keys.indexOf(current.key);
  if (index === current.index) return current;
  if (index >= 0) return { key: current.key, index };
  const next = Math.min(current.index, keys.length - 1);
  const key = keys[next];
  return key === undefined ? null : { key, index: next };
}

/** Chooses a row or lets it go; with shift, all from the last one that was touched. */
export function toggleRow(
  choice: RowChoice,
  keys: readonly string[],
  key: string,
  { shift = false }: { shift?: boolean } = {},
): RowChoice {
  const index = keys.indexOf(key);
  if (index < 0) return choice;
  const selected = new Set(choice.selected);
  const from = choice.anchor === null ? -1 : keys.indexOf(choice.anchor);
  if (shift && from >= 0) {
    for (const each of keys.slice(Math.min(from, index), Math.max(from, index) + 1)) selected.add(each);
  } else if (!selected.delete(key)) selected.add(key);
  return { selected, current: { key, index }, anchor: key };
}

/** Moves to the next row or the one before; with shift both are chosen. */
export function moveRow(
  choice: RowChoice,
  keys: readonly string[],
  by: 1 | -1,
  { shift = false }: { shift?: boolean } = {},
): RowChoice {
  const from = choice.current?.index ?? (by === 1 ? -1 : keys.length);
  const index = Math.max(0, Math.min(keys.length - 1, from + by));
  const key = keys[index];
  if (key === undefined) return choice;
  const selected = shift ? new Set(choice.selected).add(choice.current?.key ?? key).add(key) : choice.selected;
  return { selected, current: { key, index }, anchor: key };
}

/** All of them, or none if all are chosen. */
export function toggleAllRows(choice: RowChoice, keys: readonly string[]): RowChoice {
  const isAll = keys.length > 0 && keys.every((key) => choice.selected.has(key));
  return { ...choice, selected: new Set(isAll ? [] : keys) };
}
