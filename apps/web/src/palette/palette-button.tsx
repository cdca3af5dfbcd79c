'use client';

import { Search } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { paletteStore } from '#src/palette/palette-store.ts';

const noChange = () => () => {};
const keyName = () => (/Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘K' : 'Ctrl K');

/** Opens the palette: a line in the rail that tells its keys, an icon on the phone. */
export function PaletteButton({ compact = false }: { compact?: boolean }) {
  const keys = useSyncExternalStore(noChange, keyName, () => '');
  const open = () => paletteStore.set(true);
  if (compact) {
    return (
      <button
        type="button"
        aria-label="Search and commands"
        onClick={open}
        className="grid size-11 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
      >
        <Search aria-hidden className="size-5" />
      </button>
    );
  }
  return (
    <button
      type="button"
      onClick={open}
      className="mb-3 flex h-9 items-center gap-2.5 rounded-md border px-2.5 text-muted text-sm hover:bg-sunken hover:text-ink pointer-coarse:h-11"
    >
      <Search aria-hidden className="size-4" />
      Search
      <kbd className="ml-auto font-sans text-faint text-xs">{keys}</kbd>
    </button>
  );
}
