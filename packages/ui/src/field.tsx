'use client';

import type { InputHTMLAttributes } from 'react';
import { FieldShell, type FieldWords, inputClass } from '#src/field-shell.tsx';

type FieldProps = FieldWords & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>;

/** One line of text. */
export function Field({ label, error, hint, className, ...input }: FieldProps) {
  return (
    <FieldShell label={label} error={error} hint={hint}>
      {(ties) => <input {...input} {...ties} className={inputClass(className)} />}
    </FieldShell>
  );
}
