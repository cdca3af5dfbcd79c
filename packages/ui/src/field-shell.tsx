import { type ReactNode, useId } from 'react';
import { classNames } from '#src/class-names.ts';

export interface FieldWords {
  label: string;
  /** What would be right, in words. */
  error?: string | undefined;
  hint?: ReactNode;
}

/** What ties an input to its label and its note. */
interface InputTies {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** A label above, the input, and below it what would be right. */
export function FieldShell({
  label,
  error,
  hint,
  children,
}: FieldWords & { children: (ties: InputTies) => ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  const hasNote = note !== undefined && note !== null;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': hasNote ? `${id}-note` : undefined,
      })}
      {hasNote ? (
        <p
          id={`${id}-note`}
          className={classNames('text-[0.8125rem]', error === undefined ? 'text-faint' : 'text-bad')}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}

/** The look of what one types into. 16 px on phones: a smaller size makes iOS zoom into the field. */
export function inputClass(className?: string): string {
  return classNames(
    'h-11 w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-base text-ink placeholder:text-faint sm:h-10 sm:text-sm pointer-coarse:h-11',
    'focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-bad disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted',
    className,
  );
}
