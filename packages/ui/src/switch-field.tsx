'use client';

import { Switch } from 'radix-ui';
import { type ReactNode, useId } from 'react';

interface SwitchFieldProps {
  label: string;
  /** What it turns on, in one sentence. */
  description?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** One thing that is on or off. It takes effect at once; its label is part of what can be pressed. */
export function SwitchField({ label, description, checked, onChange, disabled = false }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4 py-3">
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {description === undefined ? null : (
          <p id={`${id}-note`} className="mt-0.5 text-muted text-sm">
            {description}
          </p>
        )}
      </div>
      <Switch.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={description === undefined ? undefined : `${id}-note`}
        // The space around it belongs to it: a finger needs 44 px.
        className="group -my-2 -mr-2 grid h-11 w-14 shrink-0 place-items-center rounded-md disabled:cursor-not-allowed disabled:opacity-55"
      >
        <span className="flex h-6 w-10 items-center rounded-full border border-line-strong bg-sunken px-0.5 transition-colors group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent">
          <Switch.Thumb className="size-4.5 rounded-full bg-muted transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
        </span>
      </Switch.Root>
    </div>
  );
}
