'use client';

import { Button } from '@clipmeter/ui/button';
import { FieldShell, inputClass } from '@clipmeter/ui/field-shell';
import { ClipboardPaste } from 'lucide-react';
import { useRef, useState } from 'react';

interface LinkFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** Why it cannot be submitted. */
  error: string | undefined;
  /** What was recognised. */
  hint: string;
}

const BY_HAND = 'Your browser does not let this page read what you copied. Hold the field and choose Paste.';

/** The link of a clip: pasted by one tap where the browser allows it. */
export function LinkField({ value, onChange, error, hint }: LinkFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isByHand, setByHand] = useState(false);
  const paste = async () => {
    try {
      onChange((await navigator.clipboard.readText()).trim());
      setByHand(false);
    } catch {
      setByHand(true);
    }
    input.current?.focus();
  };
  return (
    <FieldShell label="Link of your clip" error={error} hint={isByHand && value === '' ? BY_HAND : hint}>
      {(ties) => (
        <span className="flex gap-2">
          <input
            {...ties}
            ref={input}
            type="url"
            inputMode="url"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            enterKeyHint="send"
            placeholder="https://"
            maxLength={2000}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={inputClass('flex-1')}
          />
          <Button onClick={() => void paste()} className="h-11 shrink-0 sm:h-10 pointer-coarse:h-11">
            <ClipboardPaste aria-hidden className="size-4" />
            Paste
          </Button>
        </span>
      )}
    </FieldShell>
  );
}
