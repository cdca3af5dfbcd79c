'use client';

import { classNames } from '@clipmeter/ui/class-names';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { Viewer } from '#src/client/outputs.ts';
import { type NavItem, navItems } from '#src/frame/nav-items.ts';

type Shape = 'rail' | 'tab';

/** The viewer's pages: lines in the rail, an icon above a word in the tabs. */
export function NavLinks({ role, shape }: { role: Viewer['role']; shape: Shape }) {
  const pathname = usePathname();
  return navItems(role).map((item) => (
    <NavLink key={item.href} item={item} shape={shape} isHere={pathname.startsWith(item.href)} />
  ));
}

function NavLink({ item, shape, isHere }: { item: NavItem; shape: Shape; isHere: boolean }) {
  const { icon: Icon, label, href } = item;
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(
        shape === 'rail'
          ? 'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm pointer-coarse:h-11'
          : 'flex h-14 flex-1 flex-col items-center justify-center gap-1 text-xs',
        isHere ? 'font-medium text-ink' : 'text-muted hover:text-ink',
        isHere && shape === 'rail' && 'bg-sunken',
      )}
    >
      <Icon aria-hidden className={classNames(shape === 'rail' ? 'size-4' : 'size-5', isHere && 'text-accent')} />
      {label}
    </Link>
  );
}
