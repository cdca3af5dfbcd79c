'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { paletteStore } from '#src/palette/palette-store.ts';

const load = () => import('#src/palette/palette-dialog.tsx').then((module) => module.PaletteDialog);
// Loaded when it is wanted: most pages are left without it.
const PaletteDialog = dynamic(load, { ssr: false });

/** The command palette of admins: Ctrl-K or Cmd-K, wherever the focus is. */
export function Palette() {
  const open = useSyncExternalStore(paletteStore.subscribe, paletteStore.get, () => false);
  const [wanted, setWanted] = useState(false);
  if (open && !wanted) setWanted(true);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // The first key of the two says that it may be wanted: what is typed right after the second must not be lost.
      if (event.key === 'Control' || event.key === 'Meta') void load();
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
