import type { SubmissionStage, SubmissionStageName } from '@clipmeter/core/submission-stage';
import { StatusWord } from '@clipmeter/ui/status-word';
import {
  CircleCheck,
  CircleSlash,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
  ShieldQuestionMark,
  Undo2,
  Unlink,
} from 'lucide-react';

const ICONS: Record<SubmissionStageName, LucideIcon> = {
  following: LoaderCircle,
  link_failed: Unlink,
  reading: LoaderCircle,
  read_late: Clock,
  waiting: Clock,
  approving: LoaderCircle,
  approval_late: Clock,
  approved: CircleCheck,
  on_hold: ShieldQuestionMark,
  rejected: CircleX,
  withdrawn: CircleSlash,
  revoked: Undo2,
};

/** How a submission stands, as a word with an icon, which turns while something happens by itself. */
export function StageWord({ stage, className }: { stage: SubmissionStage; className?: string }) {
  const Icon = ICONS[stage.name];
  const turns = Icon === LoaderCircle ? '[&>svg]:animate-spin' : '';
  return (
    <StatusWord icon={Icon} tone={stage.tone} className={`${turns} ${className ?? ''}`}>
      {stage.word}
    </StatusWord>
  );
}
