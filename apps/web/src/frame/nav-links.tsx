'use client';

import { classNames } from '@clipmeter/ui/class-names';
import { Menu, MenuItem } from '@clipmeter/ui/menu';
import { Ellipsis, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import type { Viewer } from '#src/client/outputs.ts';
import { UnreadBadge } from '#src/frame/bell.tsx';
import { type NavItem, navItems } from '#src/frame/nav-items.ts';

type Shape = 'rail' | 'tab';

/** As many as a thumb can tell apart; what is more is behind the last one. */
const TABS_MAX = 5;

/** The viewer's pages: lines in the rail, an icon above a word in the tabs. */
export function NavLinks({ role, shape }: { role: Viewer['role']; shape: Shape }) {
  const pathname = usePathname();
  const items = navItems(role);
  const isHere = ({ href }: NavItem) => pathname === href || pathname.startsWith(`${href}/`);
  const shown = shape === 'tab' && items.length > TABS_MAX ? items.slice(0, TABS_MAX - 1) : items;
  const more = items.slice(shown.length);
  return (
    <>
      {shown.map((item) => (
        <NavLink key={item.href} item={item} shape={shape} isHere={isHere(item)} />
      ))}
      {more.length === 0 ? null : <MoreTab items={more} isHere={more.some(isHere)} />}
    </>
  );
}

const TAB = 'flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 text-xs';

function NavLink({ item, shape, isHere }: { item: NavItem; shape: Shape; isHere: boolean }) {
  return (
    <Link
      href={item.href}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(
        'relative',
        shape === 'rail' ? 'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm pointer-coarse:h-11' : TAB,
        colors(isHere),
        isHere && shape === 'rail' && 'bg-sunken',
      )}
    >
      <NavIcon icon={item.icon} shape={shape} isHere={isHere} />
      {item.label}
      {item.href === '/alerts' ? (
        <UnreadBadge className={shape === 'rail' ? 'ml-auto' : 'absolute top-1.5 left-1/2 ml-1.5'} />
      ) : null}
    </Link>
  );
}

function MoreTab({ items, isHere }: { items: NavItem[]; isHere: boolean }) {
  const router = useRouter();
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className={classNames(TAB, colors(isHere))}>
          <NavIcon icon={Ellipsis} shape="tab" isHere={isHere} />
          More
        </button>
      }
    >
      {items.map(({ href, label, icon: Icon }) => (
        <MenuItem key={href} onSelect={() => router.push(href)}>
          <Icon aria-hidden className="size-4 text-faint" />
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

function NavIcon({ icon: Icon, shape, isHere }: { icon: LucideIcon; shape: Shape; isHere: boolean }) {
  return <Icon aria-hidden className={classNames(shape === 'rail' ? 'size-4' : 'size-5', isHere && 'text-accent')} />;
}

function colors(isHere: boolean): string {
  return isHere ? 'font-medium text-ink' : 'text-muted hover:text-ink';
}
