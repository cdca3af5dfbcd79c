import type { AccountState, AccountStateName } from '@clipmeter/core/account-proof';
import { StatusWord } from '@clipmeter/ui/status-word';
import {
  BadgeCheck,
  CircleDashed,
  CircleHelp,
  CloudOff,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Repeat,
  SearchX,
  UserX,
} from 'lucide-react';

const ICONS: Record<AccountStateName, LucideIcon> = {
  verified: BadgeCheck,
  reading: LoaderCircle,
  taken: UserX,
  expired: Hourglass,
  used_up: Repeat,
  not_yet: SearchX,
  not_found: CircleHelp,
  unreadable: CloudOff,
  waiting: CircleDashed,
};

/** How far an account is from being proved: a word with an icon. */
export function AccountStateWord({ state }: { state: AccountState }) {
  return (
    <StatusWord
      icon={ICONS[state.name]}
      tone={state.tone}
      className={state.name === 'reading' ? 'motion-safe:[&>svg]:animate-spin' : undefined}
    >
      {state.word}
    </StatusWord>
  );
}
