'use client';

import { useSyncExternalStore } from 'react';
import { FieldShell, type FieldWords, inputClass } from '#src/field-shell.tsx';

interface DateTimeFieldProps extends FieldWords {
  /** ISO 8601 in UTC; null: none. */
  value: string | null;
  onChange: (value: string | null) => void;
  onBlur?: () => void;
  disabled?: boolean;
}

const noChange = () => () => {};

/** A day and a time in the reader's zone, which the server does not know: its text comes with hydration. */
export function DateTimeField({ label, error, hint, value, onChange, onBlur, disabled }: DateTimeFieldProps) {
  const text = useSyncExternalStore(
    noChange,
    () => localText(value),
    () => '',
  );
  return (
    <FieldShell label={label} error={error} hint={hint}>
      {(ties) => (
        <input
          {...ties}
          type="datetime-local"
          value={text}
          disabled={disabled}
          onBlur={onBlur}
          onChange={(event) => onChange(event.target.value === '' ? null : isoOf(event.target.value))}
          className={inputClass()}
        />
      )}
    </FieldShell>
  );
}

/** As the input wants it: "2026-11-22T14:03", local. */
function localText(iso: string | null): string {
  if (iso === null) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** A text without a zone is read as local time. */
function isoOf(local: string): string {
  return new Date(local).toISOString();
}
