import { FlaskConical } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Viewer } from '#src/client/outputs.ts';
import { AccountMenu } from '#src/frame/account-menu.tsx';
import { Bell } from '#src/frame/bell.tsx';
import { ConnectionDot } from '#src/frame/connection-dot.tsx';
import { LiveNotices } from '#src/frame/live-notices.tsx';
import { homePath } from '#src/frame/nav-items.ts';
import { NavLinks } from '#src/frame/nav-links.tsx';
import { Wordmark } from '#src/frame/wordmark.tsx';
import { Palette } from '#src/palette/palette.tsx';
import { PaletteButton } from '#src/palette/palette-button.tsx';

interface FrameProps {
  viewer: Viewer;
  /** The views of this database come from the simulator. */
  simulated: boolean;
  children: ReactNode;
}

/** A rail at the left from 1024 px; below that a bar on top and tabs at the bottom. */
export function Frame({ viewer, simulated, children }: FrameProps) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:text-sm"
      >
        Skip to content
      </a>

      <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-b bg-canvas/90 px-4 backdrop-blur lg:hidden">
        <Link href={homePath(viewer.role)}>
          <Wordmark />
        </Link>
        <div className="flex items-center gap-1">
          <ConnectionDot className="text-muted text-xs" />
          {viewer.role === 'ADMIN' ? <PaletteButton compact /> : null}
          {viewer.role === 'ADMIN' ? <Bell /> : null}
          <AccountMenu viewer={viewer} compact />
        </div>
      </header>

      <aside className="sticky top-0 hidden h-dvh flex-col border-r px-3 py-4 lg:flex">
        <div className="mb-4 flex min-h-9 items-center justify-between">
          <Link href={homePath(viewer.role)} className="px-2.5">
            <Wordmark />
          </Link>
          {viewer.role === 'ADMIN' ? <Bell className="lg:size-9" /> : null}
        </div>
        {viewer.role === 'ADMIN' ? <PaletteButton /> : null}
        <nav aria-label="Main" className="flex flex-col gap-0.5">
          <NavLinks role={viewer.role} shape="rail" />
        </nav>
        <div className="mt-auto flex flex-col gap-2">
          <ConnectionDot className="px-2.5 text-[0.8125rem] text-muted" />
          <AccountMenu viewer={viewer} />
        </div>
      </aside>

      <div className="flex min-w-0 flex-col">
        {simulated ? <SimulatedLine /> : null}
        <main
          id="content"
          tabIndex={-1}
          className="w-full flex-1 px-4 pt-6 pb-24 outline-none has-data-phone-action:max-lg:pb-40 sm:px-8 lg:pt-8 lg:pb-16"
        >
          <div className="mx-auto w-full max-w-[75rem]">
            <LiveNotices />
            {viewer.role === 'ADMIN' ? <Palette /> : null}
            {children}
          </div>
        </main>
      </div>

      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-canvas/95 pb-[env(safe-area-inset-bottom)] backdrop-blur lg:hidden"
      >
        <NavLinks role={viewer.role} shape="tab" />
      </nav>
    </div>
  );
}

/** Stands on every page of simulated data. */
export function SimulatedLine() {
  return (
    <p className="flex items-center justify-center gap-2 border-b bg-sunken px-4 py-1.5 text-[0.8125rem] text-muted">
      <FlaskConical aria-hidden className="size-3.5" />
      Demo: views are simulated
    </p>
  );
}
