import {
  Activity,
  Bell,
  Clapperboard,
  Gauge,
  ListChecks,
  type LucideIcon,
  Megaphone,
  ScrollText,
  Users,
  Wallet,
} from 'lucide-react';
import type { Viewer } from '#src/client/outputs.ts';

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
}

const CAMPAIGNS: NavItem = { href: '/campaigns', label: 'Campaigns', icon: Megaphone };

const ITEMS: Record<Viewer['role'], NavItem[]> = {
  CLIPPER: [
    { href: '/home', label: 'Home', icon: Wallet },
    CAMPAIGNS,
    { href: '/submissions', label: 'Submissions', icon: Clapperboard },
    { href: '/alerts', label: 'Alerts', icon: Bell },
  ],
  ADMIN: [
    { href: '/overview', label: 'Overview', icon: Gauge },
    CAMPAIGNS,
    { href: '/review', label: 'Review', icon: ListChecks },
    { href: '/people', label: 'Clippers', icon: Users },
    { href: '/tracker', label: 'Tracker', icon: Activity },
    { href: '/audit', label: 'Audit', icon: ScrollText },
  ],
};

/** Only pages that exist, and that the viewer may open; the first is where they begin. */
export function navItems(role: Viewer['role']): NavItem[] {
  return ITEMS[role];
}

/** Where somebody begins after signing in. */
export function homePath(role: Viewer['role']): string {
  return role === 'ADMIN' ? '/overview' : '/home';
}
