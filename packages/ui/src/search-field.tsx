'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  /** What is searched for. */
  value: string;
  /** Said when typing pauses, and at once on Enter or when it is emptied. */
  onChange: (value: string) => void;
  className?: string;
}

const PAUSE_MS = 250;

/** Searches as one types. */
export function SearchField({ label, placeholder, value, onChange, className }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // Changed from elsewhere: another link, the way back.
  if (known !== value) {
    setKnown(value);
    if (value !== typed.trim()) setTyped(value);
  }
  const input = useRef<HTMLInputElement>(null);
  const say = useEffectEvent(onChange);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => say(typed.trim()), typed === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);

  return (
    <search className={className}>
      <form
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          onChange(typed.trim());
        }}
      >
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-faint"
        />
        <input
          ref={input}
          type="search"
          aria-label={label}
          placeholder={placeholder ?? label}
          value={typed}
          maxLength={100}
          enterKeyHint="search"
          onChange={(event) => setTyped(event.target.value)}
          className="h-11 w-full rounded-md border border-line-strong bg-surface pr-9 pl-9 text-base placeholder:text-faint sm:h-9 sm:text-sm pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
        />
        {typed === '' ? null : (
          <button
            type="button"
            aria-label="Clear the search"
            onClick={() => {
              setTyped('');
              input.current?.focus();
            }}
            className="absolute inset-y-0 right-0 grid w-10 place-items-center text-faint hover:text-ink pointer-coarse:w-11"
          >
            <X aria-hidden className="size-4" />
          </button>
        )}
      </form>
    </search>
  );
}
