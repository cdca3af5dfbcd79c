import type { Viewport } from 'next';

/** Where the reader's choice of light or dark stands for the server; `system` or nothing: as the system has it. */
export const THEME_COOKIE = 'theme';

const CANVAS = { light: '#f9f9fb', dark: '#0e0f12' };

/**
 * The colours of a page before its styles are there. A page that is refused (403, 404) comes as an empty document first,
 * which would be white for a moment.
 */
export function pageColors(theme: string | undefined): Pick<Viewport, 'colorScheme' | 'themeColor'> {
  if (theme === 'light' || theme === 'dark') return { colorScheme: theme, themeColor: CANVAS[theme] };
  return {
    colorScheme: 'light dark',
    themeColor: [
      { media: '(prefers-color-scheme: light)', color: CANVAS.light },
      { media: '(prefers-color-scheme: dark)', color: CANVAS.dark },
    ],
  };
}
