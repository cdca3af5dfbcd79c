'use client';

import { type InputHTMLAttributes, useId } from 'react';
import { classNames } from '#src/class-names.ts';

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  label: string;
  /** What would be right, in words. */
  error?: string | undefined;
  hint?: string;
}

/** A label above, the input, and below it what would be right. */
export function Field({ label, error, hint, className, ...input }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className={classNames(
          // 16 px on phones: a smaller size makes iOS zoom into the field.
          'h-11 rounded-md border border-line-strong bg-surface px-3 text-base text-ink placeholder:text-faint sm:h-10 sm:text-sm',
          'focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-bad',
          className,
        )}
      />
      {note === undefined ? null : (
        <p
          id={`${id}-note`}
          className={classNames('text-[0.8125rem]', error === undefined ? 'text-faint' : 'text-bad')}
        >
          {note}
        </p>
      )}
    </div>
  );
}
