'use client';

import { type ReactNode, useId } from 'react';

interface CheckboxOption<T extends string> {
  value: T;
  label: string;
  /** Beside the label once it is chosen: what belongs to it. */
  detail?: ReactNode;
}

interface CheckboxGroupProps<T extends string> {
  legend: string;
  options: readonly CheckboxOption<T>[];
  value: readonly T[];
  onChange: (value: T[]) => void;
  /** What would be right, in words. */
  error?: string | undefined;
  hint?: ReactNode;
}

/** Any of a few, each on its own line. */
export function CheckboxGroup<T extends string>(props: CheckboxGroupProps<T>) {
  const { legend, options, value, onChange, error, hint } = props;
  const noteId = useId();
  const note = error ?? hint;
  return (
    <fieldset aria-describedby={note === undefined ? undefined : noteId} className="min-w-0">
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <div className="divide-y rounded-md border border-line-strong">
        {options.map((option) => {
          const isChosen = value.includes(option.value);
          const toggled = () =>
            options.map((each) => each.value).filter((each) => (each === option.value) !== value.includes(each));
          return (
            <div key={option.value} className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 px-3 py-1">
              <label className="flex min-h-9 flex-1 cursor-pointer items-center gap-2.5 text-sm pointer-coarse:min-h-11">
                <input
                  type="checkbox"
                  checked={isChosen}
                  onChange={() => onChange(toggled())}
                  className="size-4 shrink-0 accent-accent"
                />
                {option.label}
              </label>
              {isChosen ? option.detail : null}
            </div>
          );
        })}
      </div>
      {note === undefined ? null : (
        <p id={noteId} className={`mt-1.5 text-[0.8125rem] ${error === undefined ? 'text-faint' : 'text-bad'}`}>
          {note}
        </p>
      )}
    </fieldset>
  );
}
