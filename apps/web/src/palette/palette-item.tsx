import { Command } from 'cmdk';
import { ChevronRight, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface PaletteItemProps {
  id: string;
  icon: LucideIcon;
  label: string;
  /** More about it, quieter. */
  detail?: ReactNode;
  /** It opens a list of what can be done with it. */
  opens?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

/** A line that can be chosen. */
export function PaletteItem({
  id,
  icon: Icon,
  label,
  detail,
  opens = false,
  disabled = false,
  onSelect,
}: PaletteItemProps) {
  return (
    <Command.Item
      value={id}
      disabled={disabled}
      onSelect={onSelect}
      className="flex min-h-11 cursor-default select-none items-center gap-3 rounded-md px-3 py-1.5 text-sm data-[disabled=true]:opacity-55 data-[selected=true]:bg-sunken sm:min-h-10"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-faint" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {detail === undefined ? null : (
        <span className="max-w-[50%] shrink-0 truncate text-muted text-[0.8125rem]">{detail}</span>
      )}
      {opens ? <ChevronRight aria-hidden className="size-4 shrink-0 text-faint" /> : null}
    </Command.Item>
  );
}

export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="p-1.5 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}
