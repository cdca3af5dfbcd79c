'use client';

import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

const ITEM =
  'flex h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-sm outline-none pointer-coarse:h-11 data-[highlighted]:bg-sunken';

/** A menu below (or above) its trigger; arrows move, Esc closes, focus returns. */
export function Menu({
  trigger,
  children,
  side = 'bottom',
}: {
  trigger: ReactNode;
  children: ReactNode;
  side?: 'top' | 'bottom';
}) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side={side}
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="sheet-in z-50 min-w-56 rounded-lg border bg-surface p-1 shadow-black/5 shadow-lg"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className={ITEM} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  );
}

/** A choice that leads to another page: its child is the link. */
export function MenuLink({ children }: { children: ReactElement }) {
  return (
    <DropdownMenu.Item asChild className={ITEM}>
      {children}
    </DropdownMenu.Item>
  );
}

interface MenuChoiceProps<T extends string> {
  label: string;
  value: T | undefined;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of several, with its title: the theme. */
export function MenuChoice<T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) {
  return (
    <DropdownMenu.RadioGroup value={value ?? ''}>
      <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-faint text-xs">{label}</DropdownMenu.Label>
      {options.map((option) => (
        <DropdownMenu.RadioItem
          key={option.value}
          value={option.value}
          className={ITEM}
          onSelect={(event) => {
            event.preventDefault();
            onChange(option.value);
          }}
        >
          <span className="flex-1">{option.label}</span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden className="size-4 text-accent" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

/** Words that are not a choice: who is signed in. */
export function MenuHeader({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 py-2 text-sm">{children}</DropdownMenu.Label>;
}
