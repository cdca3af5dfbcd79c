'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { paletteStore } from '#src/palette/palette-store.ts';

// Loaded when it is first wanted: most pages are left without it.
const PaletteDialog = dynamic(() => import('#src/palette/palette-dialog.tsx').then((module) => module.PaletteDialog), {
  ssr: false,
});

/** The command palette of admins: Ctrl-K or Cmd-K, wherever the focus is. */
export function Palette() {
  const open = useSyncExternalStore(paletteStore.subscribe, paletteStore.get, () => false);
  const [wanted, setWanted] = useState(false);
  if (open && !wanted) setWanted(true);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      paletteStore.set(!paletteStore.get());
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return wanted ? <PaletteDialog open={open} onOpenChange={paletteStore.set} /> : null;
}
