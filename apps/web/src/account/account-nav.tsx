'use client';

import { classNames } from '@clipmeter/ui/class-names';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { Viewer } from '#src/client/outputs.ts';

interface AccountPage {
  href: string;
  label: string;
  /** Shorter, where it stands beside the others. */
  tab?: string;
}

/** The pages about the viewer's own account, as the menu and the tabs list them. */
export function accountPages(role: Viewer['role']): AccountPage[] {
  return [
    { href: '/account', label: 'Profile' },
    ...(role === 'CLIPPER' ? [{ href: '/account/social', label: 'Social accounts' }] : []),
    { href: '/account/alerts', label: 'Alert preferences', tab: 'Alerts' },
    { href: '/account/sign-ins', label: 'Sign-ins' },
  ];
}

/** Tabs above each of them; where they do not fit they scroll sideways, the page does not. */
export function AccountNav({ role }: { role: Viewer['role'] }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Account" className="-mx-4 mb-6 flex overflow-x-auto border-b px-4 sm:mx-0 sm:px-0">
      {accountPages(role).map(({ href, label, tab = label }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? 'page' : undefined}
          className={classNames(
            '-mb-px flex h-11 shrink-0 items-center border-b-2 px-3 text-sm first:-ml-3',
            pathname === href ? 'border-accent font-medium text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {tab}
        </Link>
      ))}
    </nav>
  );
}
