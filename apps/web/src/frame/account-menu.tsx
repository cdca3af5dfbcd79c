'use client';

import { classNames } from '@clipmeter/ui/class-names';
import { Menu, MenuChoice, MenuHeader, MenuItem, MenuLink, MenuSeparator } from '@clipmeter/ui/menu';
import { ChevronsUpDown, LogOut } from 'lucide-react';
import Link from 'next/link';
import { useTheme } from 'next-themes';
import { accountPages } from '#src/account/account-nav.tsx';
import { authClient } from '#src/client/auth-client.ts';
import type { Viewer } from '#src/client/outputs.ts';

const THEMES = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Who is signed in, the theme, the way out. In full at the foot of the rail, as initials on the phone. */
export function AccountMenu({ viewer, compact = false }: { viewer: Viewer; compact?: boolean }) {
  const { theme, setTheme } = useTheme();
  const initials = (
    <span
      aria-hidden
      className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft font-medium text-accent text-xs"
    >
      {initialsOf(viewer.name)}
    </span>
  );
  return (
    <Menu
      side={compact ? 'bottom' : 'top'}
      trigger={
        <button
          type="button"
          className={classNames(
            'flex items-center gap-2.5 rounded-md hover:bg-sunken',
            compact ? 'size-11 justify-center' : 'min-h-11 w-full px-2 py-1.5 text-left',
          )}
        >
          {initials}
          <span className="sr-only">Account of {compact ? viewer.name : null}</span>
          {compact ? null : (
            <>
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm">{viewer.name}</span>
                <span className="block truncate text-faint text-xs">{roleWord(viewer.role)}</span>
              </span>
              <ChevronsUpDown aria-hidden className="size-3.5 text-faint" />
            </>
          )}
        </button>
      }
    >
      <MenuHeader>
        <span className="block">{viewer.name}</span>
        <span className="block text-faint text-xs">{viewer.email}</span>
      </MenuHeader>
      <MenuSeparator />
      {accountPages(viewer.role).map(({ href, label }) => (
        <MenuLink key={href}>
          <Link href={href}>{label}</Link>
        </MenuLink>
      ))}
      <MenuSeparator />
      <MenuChoice label="Theme" value={theme} options={THEMES} onChange={setTheme} />
      <MenuSeparator />
      <MenuItem onSelect={signOut}>
        <LogOut aria-hidden className="size-4 text-faint" />
        Sign out
      </MenuItem>
    </Menu>
  );
}

async function signOut() {
  await authClient.signOut();
  // A full load: nothing of the account stays in memory, and the socket closes.
  window.location.assign('/');
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('');
}

function roleWord(role: Viewer['role']): string {
  return role === 'ADMIN' ? 'Admin' : 'Clipper';
}
