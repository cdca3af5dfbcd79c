'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '#src/button.tsx';
import type { ButtonTone } from '#src/button-class.ts';

interface CopyButtonProps {
  /** What is copied. A function where only the browser knows it. */
  text: string | (() => string);
  tone?: ButtonTone;
  className?: string;
  /** The act: "Copy link". */
  children: ReactNode;
}

const SAID_MS = 2_000;

/** Copies, and says so for a moment. */
export function CopyButton({ text, tone = 'secondary', className, children }: CopyButtonProps) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), SAID_MS);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setState('copied');
    } catch {
      // No permission, or no secure page.
      setState('refused');
    }
  }

  const Icon = state === 'copied' ? Check : Copy;
  return (
    <Button tone={tone} className={className} onClick={() => void copy()}>
      <Icon aria-hidden className="size-4" />
      <span aria-live="polite">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'Could not copy' : children}
      </span>
    </Button>
  );
}
