import { type StatusTone, StatusWord } from '@clipmeter/ui/status-word';
import {
  Ban,
  CalendarClock,
  CircleCheck,
  CirclePause,
  CirclePlay,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  PencilLine,
} from 'lucide-react';
import type { CampaignCard } from '#src/client/outputs.ts';

interface Words {
  word: string;
  icon: LucideIcon;
  tone: StatusTone;
  /** What it means, on hover. */
  meaning: string;
}

type Standing = Pick<CampaignCard, 'status' | 'closing' | 'released'>;

/** Where a campaign stands: a word with an icon. */
export function CampaignStatus({ campaign }: { campaign: Standing }) {
  const { word, icon, tone, meaning } = wordsFor(campaign);
  return (
    <StatusWord icon={icon} tone={tone} title={meaning}>
      {word}
    </StatusWord>
  );
}

function wordsFor({ status, closing, released }: Standing): Words {
  switch (status) {
    case 'DRAFT':
      return { word: 'Draft', icon: PencilLine, tone: 'neutral', meaning: 'Not published yet' };
    case 'SCHEDULED':
      return { word: 'Upcoming', icon: CalendarClock, tone: 'neutral', meaning: 'Starts at its time' };
    case 'ACTIVE':
      return closing
        ? { word: 'Closing', icon: Hourglass, tone: 'warn', meaning: 'Its clips are read once more, then it ends' }
        : { word: 'Active', icon: CirclePlay, tone: 'good', meaning: 'Views are read and paid' };
    case 'PAUSED':
      return { word: 'Paused', icon: CirclePause, tone: 'warn', meaning: 'Nothing is paid until it goes on' };
    case 'COMPLETED':
      return released
        ? { word: 'Completed', icon: CircleCheck, tone: 'neutral', meaning: 'What was earned is available' }
        : { word: 'Releasing', icon: LoaderCircle, tone: 'neutral', meaning: 'What was earned becomes available' };
    case 'CANCELLED':
      return { word: 'Cancelled', icon: Ban, tone: 'bad', meaning: 'Ended before its budget was reached' };
  }
}
