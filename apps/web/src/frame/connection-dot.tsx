'use client';

import { LiveDot } from '@clipmeter/ui/live-dot';
import { useLiveDot } from '#src/client/use-connection.ts';

/** The dot tells the socket and only the socket. */
export function ConnectionDot({ className }: { className?: string }) {
  return <LiveDot state={useLiveDot()} {...(className === undefined ? {} : { className })} />;
}
