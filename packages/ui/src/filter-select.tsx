import { ChevronDown } from 'lucide-react';
import { classNames } from '#src/class-names.ts';

interface FilterSelectProps<T extends string> {
  /** What is chosen, for a screen reader; the options say it for the eye: "Any platform". */
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of a few, in the line of filters above a list. What is not the first choice stands out. */
export function FilterSelect<T extends string>({ label, value, options, onChange }: FilterSelectProps<T>) {
  return (
    <span className="relative inline-flex min-w-0">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
        // 16 px on phones: a smaller size makes iOS zoom in.
        className={classNames(
          'h-11 w-full appearance-none truncate rounded-md border bg-surface pr-8 pl-3 text-base sm:h-9 sm:text-sm pointer-coarse:h-11',
          value === options[0]?.value ? 'border-line-strong text-muted' : 'border-accent text-ink',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-faint"
      />
    </span>
  );
}
