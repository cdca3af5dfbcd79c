'use client';

import { type ClipState, type ClipStateIcon, clipState, clipStateSentence } from '@clipmeter/core/clip-state';
import { StatusWord } from '@clipmeter/ui/status-word';
import {
  CircleCheck,
  CircleDollarSign,
  CircleGauge,
  CircleMinus,
  CirclePause,
  CircleSlash,
  Clock,
  Flag,
  Hourglass,
  Lock,
  type LucideIcon,
  ShieldQuestionMark,
  TrendingDown,
  Undo2,
} from 'lucide-react';
import { trpc } from '#src/client/trpc.ts';
import { type CampaignStanding, clipFactsOf, type ShownClip } from '#src/clip/clip-facts.ts';

const CLIP_STATE_ICONS: Record<ClipStateIcon, LucideIcon> = {
  'undo-2': Undo2,
  'circle-dollar-sign': CircleDollarSign,
  flag: Flag,
  'shield-question-mark': ShieldQuestionMark,
  'circle-slash': CircleSlash,
  lock: Lock,
  'circle-pause': CirclePause,
  clock: Clock,
  'circle-gauge': CircleGauge,
  hourglass: Hourglass,
  'trending-down': TrendingDown,
  'circle-minus': CircleMinus,
  'circle-check': CircleCheck,
};

interface ClipStatusProps {
  clip: ShownClip;
  campaign: CampaignStanding;
  /** With the figure that belongs to the word. */
  noted?: boolean;
  className?: string;
}

/** How a clip stands: always a word with an icon; why, what was kept and what to do on hover, and on the clip's page. */
export function ClipStatus({ clip, campaign, noted = false, className }: ClipStatusProps) {
  const state = useClipState(clip, campaign);
  if (state === null) return <SubmissionWord status={clip.status} className={className} />;
  // Of others' clips only the word is known: the sentences tell what was earned.
  const sentence = clip.standing === null ? undefined : clipStateSentence(state);
  return (
    <StatusWord icon={CLIP_STATE_ICONS[state.icon]} tone={state.tone} title={sentence} className={className}>
      {state.word}
      {noted && state.note !== null && clip.standing !== null ? (
        <span className="font-normal text-faint">{state.note}</span>
      ) : null}
    </StatusWord>
  );
}

/** The state of a clip as the page knows it now; null until it is approved. */
export function useClipState(clip: ShownClip, campaign: CampaignStanding): ClipState | null {
  const { data: platformStatus = 'OK' } = trpc.platforms.status.useQuery(undefined, {
    select: ({ platforms }) => platforms.find(({ platform }) => platform === clip.platform)?.status ?? 'OK',
  });
  const facts = clipFactsOf(clip.standing === null ? asIfOwn(clip) : clip, campaign, platformStatus);
  return facts === null ? null : clipState(facts);
}

/** Somebody else's clip: what it earned, and what that says of it, stays out. */
const asIfOwn = (clip: ShownClip): ShownClip => ({
  ...clip,
  grewAt: null,
  credited: null,
  initialViews: clip.initialViews === null ? null : 0,
  standing: {
    approvedAt: '1970-01-01T00:00:00.000Z',
    ratePer1000: '1.000000',
    cap: null,
    minViews: 0,
    carried: '0.000000',
    heldReason: null,
    revokedReason: null,
  },
});

function SubmissionWord({ status, className }: { status: ShownClip['status']; className: string | undefined }) {
  if (status === 'PENDING') {
    return (
      <StatusWord
        icon={Clock}
        tone="warn"
        title="It counts from its first read after the approval"
        className={className}
      >
        Waiting
      </StatusWord>
    );
  }
  return (
    <StatusWord icon={CircleSlash} className={className}>
      {status === 'REJECTED' ? 'Rejected' : 'Withdrawn'}
    </StatusWord>
  );
}
