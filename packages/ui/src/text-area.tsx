'use client';

import type { TextareaHTMLAttributes } from 'react';
import { FieldShell, type FieldWords, inputClass } from '#src/field-shell.tsx';

type TextAreaProps = FieldWords & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>;

/** Several lines of text; it grows with them. */
export function TextArea({ label, error, hint, className, rows = 3, ...input }: TextAreaProps) {
  return (
    <FieldShell label={label} error={error} hint={hint}>
      {(ties) => (
        <textarea
          {...input}
          {...ties}
          rows={rows}
          className={inputClass(
            `field-sizing-content h-auto min-h-24 py-2 leading-6 sm:h-auto pointer-coarse:h-auto ${className ?? ''}`,
          )}
        />
      )}
    </FieldShell>
  );
}
