import { DomainError } from '#src/domain-error.ts';
import { invariant } from '#src/invariant.ts';

/** One action of a state machine: the statuses that allow it, and the one it leads to (null: the status stays). */
export interface StateAction<Status extends string> {
  readonly from: readonly Status[];
  readonly to: Status | null;
  /** The act in words, as in "A completed campaign cannot be paused." */
  readonly words: string;
}

/** A state machine as data, so that the buttons and the server read the same table. */
export type StateTable<Status extends string, Action extends string> = Readonly<Record<Action, StateAction<Status>>>;

interface Subject<Status extends string> {
  readonly status: Status;
}

type Can<Status extends string, Action extends string> = Readonly<
  Record<Action, (subject: Subject<Status>) => boolean>
>;

/** Makes `can.pause(campaign)` for every action of a table. */
export function canOf<Status extends string, Action extends string>(
  table: StateTable<Status, Action>,
): Can<Status, Action> {
  const can: Partial<Can<Status, Action>> = {};
  for (const action of actionsOf(table)) {
    Object.assign(can, { [action]: (subject: Subject<Status>) => table[action].from.includes(subject.status) });
  }
  invariant(coversAll(table, can), 'every action of the table has its predicate');
  return can;
}

/**
 * The status after an action.
 *
 * @throws DomainError WRONG_STATE, saying the present state, when the status does not allow the action.
 */
export function statusAfter<Status extends string, Action extends string>(
  table: StateTable<Status, Action>,
  noun: string,
  subject: Subject<Status>,
  action: Action,
): Status {
  const { from, to, words } = table[action];
  if (!from.includes(subject.status)) {
    const state = subject.status.toLowerCase();
    const article = /^[aeiou]/.test(state) ? 'An' : 'A';
    throw new DomainError('WRONG_STATE', `${article} ${state} ${noun} cannot be ${words}.`);
  }
  return to ?? subject.status;
}

function actionsOf<Action extends string>(table: StateTable<string, Action>): Action[] {
  return Object.keys(table).filter((key): key is Action => Object.hasOwn(table, key));
}

function coversAll<Status extends string, Action extends string>(
  table: StateTable<Status, Action>,
  can: Partial<Can<Status, Action>>,
): can is Can<Status, Action> {
  return actionsOf(table).every((action) => action in can);
}
