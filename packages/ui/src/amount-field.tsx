'use client';

import type { InputHTMLAttributes } from 'react';
import { FieldShell, type FieldWords, inputClass } from '#src/field-shell.tsx';

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'type' | 'value' | 'onChange' | 'prefix'>;

interface AmountFieldProps extends FieldWords, Input {
  value: string;
  /** The digits that were typed, without dollar signs, spaces and separators that came with a paste. */
  onChange: (value: string) => void;
  /** Before the digits: "$". */
  sign?: string;
  /** After them: "per 1,000", "views". */
  unit?: string;
}

/** A number with its unit inside the field. */
export function AmountField({
  label,
  error,
  hint,
  value,
  onChange,
  sign,
  unit,
  className,
  ...input
}: AmountFieldProps) {
  return (
    <FieldShell label={label} error={error} hint={hint}>
      {(ties) => (
        <span className="relative flex items-center">
          {sign === undefined ? null : (
            <span aria-hidden className="pointer-events-none absolute left-3 text-base text-faint sm:text-sm">
              {sign}
            </span>
          )}
          <input
            inputMode="decimal"
            autoComplete="off"
            {...input}
            {...ties}
            value={value}
            onChange={(event) => onChange(event.target.value.replace(/[$,\s]/g, ''))}
            className={inputClass(
              `${sign === undefined ? '' : 'pl-7'} ${unit === undefined ? '' : 'pr-24'} ${className ?? ''}`,
            )}
          />
          {unit === undefined ? null : (
            <span aria-hidden className="pointer-events-none absolute right-3 text-faint text-sm">
              {unit}
            </span>
          )}
        </span>
      )}
    </FieldShell>
  );
}

/** An amount of money: the currency's sign stands in the field. */
export function MoneyField(props: Omit<AmountFieldProps, 'sign'>) {
  return <AmountField {...props} sign="$" />;
}
