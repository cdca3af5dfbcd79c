import { StatusWord } from '@clipmeter/ui/status-word';
import { CircleCheck, CircleHelp, CirclePause, CircleSlash, Clock, Flag, Lock, Undo2 } from 'lucide-react';
import type { CampaignCard, ClipRow } from '#src/client/outputs.ts';

interface ClipStatusProps {
  clip: Pick<ClipRow, 'status' | 'availability' | 'doubtful'>;
  /** Of its campaign: nothing earns while it is paused or over. */
  campaignStatus: CampaignCard['status'];
}

/** How a clip stands: always a word with an icon. */
export function ClipStatus({ clip, campaignStatus }: ClipStatusProps) {
  if (clip.status === 'PENDING') {
    return (
      <StatusWord icon={Clock} tone="warn" title="It counts from its first read after the approval">
        Waiting
      </StatusWord>
    );
  }
  if (clip.status === 'REVOKED') {
    return (
      <StatusWord icon={Undo2} tone="bad" title="It earns nothing more">
        Revoked
      </StatusWord>
    );
  }
  if (clip.status !== 'APPROVED') {
    return <StatusWord icon={CircleSlash}>{clip.status === 'REJECTED' ? 'Rejected' : 'Withdrawn'}</StatusWord>;
  }
  if (clip.availability === 'GONE') {
    return (
      <StatusWord icon={CircleSlash} tone="bad" title="The platform no longer has this video">
        Deleted
      </StatusWord>
    );
  }
  if (clip.availability === 'PRIVATE') {
    return (
      <StatusWord icon={Lock} tone="warn" title="Its views cannot be read while it is private">
        Private
      </StatusWord>
    );
  }
  if (clip.doubtful) {
    return (
      <StatusWord icon={CircleHelp} tone="warn" title="A large jump pays after a second read confirms it">
        Checking
      </StatusWord>
    );
  }
  if (campaignStatus === 'COMPLETED' || campaignStatus === 'CANCELLED') {
    return (
      <StatusWord icon={Flag} title="Its campaign has ended; what it earned stays">
        Ended
      </StatusWord>
    );
  }
  if (campaignStatus === 'PAUSED') {
    return (
      <StatusWord icon={CirclePause} tone="warn" title="Its views count when the campaign goes on">
        Paused
      </StatusWord>
    );
  }
  return (
    <StatusWord icon={CircleCheck} tone="good">
      Earning
    </StatusWord>
  );
}
