import './globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { pageColors, THEME_COOKIE } from '#src/frame/page-colors.ts';
import { Theme } from '#src/frame/theme.tsx';

export const metadata: Metadata = {
  title: { default: 'Clipmeter', template: '%s · Clipmeter' },
  description: 'Clips are paid by the view. Watch budgets, views and earnings move as they happen.',
};

export async function generateViewport(): Promise<Viewport> {
  return { viewportFit: 'cover', ...pageColors((await cookies()).get(THEME_COOKIE)?.value) };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    // The theme's script sets a class before the first paint, which the server cannot know.
    <html lang="en" suppressHydrationWarning className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body className="font-sans text-base">
        <Theme nonce={nonce}>{children}</Theme>
      </body>
    </html>
  );
}
