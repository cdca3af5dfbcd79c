import {
  BellRing,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Monitor,
  Moon,
  Plus,
  Settings2,
  Sun,
  UserRound,
} from 'lucide-react';
import { navItems } from '#src/frame/nav-items.ts';

/** Something the palette can do. */
export interface PaletteCommand {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Other words that mean it. */
  readonly words?: string;
  readonly act:
    | { readonly kind: 'go'; readonly href: string }
    | { readonly kind: 'theme'; readonly theme: 'system' | 'light' | 'dark' }
    | { readonly kind: 'read-alerts' };
}

const go = (href: string) => ({ kind: 'go', href }) as const;

const ACTS: readonly PaletteCommand[] = [
  { id: 'new', label: 'Create a campaign', icon: Plus, words: 'new add', act: go('/campaigns/new') },
  {
    id: 'review',
    label: 'Review what waits',
    icon: ListChecks,
    words: 'approve reject submissions',
    act: go('/review'),
  },
  {
    id: 'read',
    label: 'Mark all alerts as read',
    icon: BellRing,
    words: 'notifications',
    act: { kind: 'read-alerts' },
  },
  {
    id: 'choices',
    label: 'Choose what comes by mail',
    icon: Settings2,
    words: 'alert preferences',
    act: go('/account/alerts'),
  },
  {
    id: 'account',
    label: 'Your account',
    icon: UserRound,
    words: 'profile password email e-mail',
    act: go('/account'),
  },
  { id: 'sign-ins', label: 'Your sign-ins', icon: KeyRound, words: 'sessions devices', act: go('/account/sign-ins') },
  { id: 'light', label: 'Use the light theme', icon: Sun, act: { kind: 'theme', theme: 'light' } },
  { id: 'dark', label: 'Use the dark theme', icon: Moon, act: { kind: 'theme', theme: 'dark' } },
  { id: 'system', label: 'Use the system’s theme', icon: Monitor, act: { kind: 'theme', theme: 'system' } },
];

/** What can be done from anywhere: the pages first. */
export const COMMANDS: readonly PaletteCommand[] = [
  ...navItems('ADMIN').map(({ href, label, icon }) => ({
    id: href,
    label: `Go to ${label}`,
    icon,
    words: 'open page',
    act: go(href),
  })),
  ...ACTS,
];

/** Those that are meant: each word that was typed begins one of theirs. */
export function matching(commands: readonly PaletteCommand[], typed: string): PaletteCommand[] {
  const wanted = wordsOf(typed);
  return commands.filter(({ label, words = '' }) => {
    const own = wordsOf(`${label} ${words}`);
    return wanted.every((word) => own.some((each) => each.startsWith(word)));
  });
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
