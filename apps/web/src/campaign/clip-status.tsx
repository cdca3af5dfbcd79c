import { StatusWord } from '@clipmeter/ui/status-word';
import { CircleCheck, CircleHelp, CircleSlash, Clock, Lock, Undo2 } from 'lucide-react';
import type { ClipRow } from '#src/client/outputs.ts';

/** How a clip stands: always a word with an icon. */
export function ClipStatus({ clip }: { clip: Pick<ClipRow, 'status' | 'availability' | 'doubtful'> }) {
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
  return (
    <StatusWord icon={CircleCheck} tone="good">
      Earning
    </StatusWord>
  );
}
