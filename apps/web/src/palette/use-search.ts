'use client';

import { useEffect, useState } from 'react';
import { trpc } from '#src/client/trpc.ts';

/** A pause in typing, below what a person notices. */
const PAUSE_MS = 120;
const LETTERS_MIN = 2;

/** What the typed words find; what the words before found stays until then. */
export function useSearch(typed: string) {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim().slice(0, 100)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const enabled = text.length >= LETTERS_MIN;
  const query = trpc.search.everything.useQuery(
    { text },
    { enabled, placeholderData: (previous) => previous, staleTime: 5_000 },
  );
  return {
    found: enabled ? query.data : undefined,
    isSearching: typed.trim().length >= LETTERS_MIN && (query.isFetching || text !== typed.trim()),
    error: enabled ? query.error : null,
  };
}
