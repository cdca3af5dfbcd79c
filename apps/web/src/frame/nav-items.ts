import { Activity, type LucideIcon, Megaphone, Wallet } from 'lucide-react';
import type { Viewer } from '#src/client/outputs.ts';

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
}

/** Only pages that exist, and that the viewer may open. */
export function navItems(role: Viewer['role']): NavItem[] {
  const campaigns = { href: '/campaigns', label: 'Campaigns', icon: Megaphone };
  return role === 'ADMIN'
    ? [campaigns, { href: '/tracker', label: 'Tracker', icon: Activity }]
    : [{ href: '/home', label: 'Home', icon: Wallet }, campaigns];
}
