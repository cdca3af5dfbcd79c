'use client';

import { ThemeProvider, useTheme } from 'next-themes';
import { type ReactNode, useEffect } from 'react';
import { THEME_COOKIE } from '#src/frame/page-colors.ts';

const YEAR_SECONDS = 31_536_000;

/** Light or dark from the same tokens: as the system has it, unless the reader chose. */
export function Theme({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <RememberedTheme />
      {children}
    </ThemeProvider>
  );
}

/** Tells the server what was chosen: see page-colors. */
function RememberedTheme() {
  const { theme } = useTheme();
  useEffect(() => {
    if (theme === undefined) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  }, [theme]);
  return null;
}
