import { classNames } from '#src/class-names.ts';

/** What is known of the socket, and nothing else. */
export type LiveDotState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting'; attempt: number }
  | { kind: 'offline'; asOf: string };

const COLOURS: Record<LiveDotState['kind'], string> = {
  connecting: 'bg-line-strong',
  live: 'bg-good',
  reconnecting: 'bg-warn shimmer',
  offline: 'bg-faint',
};

/** The dot in the frame, with its word. It is a status: a change is read aloud, politely. */
export function LiveDot({ state, className }: { state: LiveDotState; className?: string }) {
  return (
    <span role="status" aria-label="Connection" className={classNames('inline-flex items-center gap-2', className)}>
      <span aria-hidden className={classNames('size-2 shrink-0 rounded-full', COLOURS[state.kind])} />
      <span>{words(state)}</span>
    </span>
  );
}

function words(state: LiveDotState): string {
  switch (state.kind) {
    case 'connecting':
      return 'connecting';
    case 'live':
      return 'live';
    case 'reconnecting':
      return `reconnecting ${state.attempt}`;
    case 'offline':
      return `offline, numbers as of ${state.asOf}`;
  }
}
