import type { OpenSession } from '@clipmeter/api/session';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { SocketConnection } from '#src/sockets/socket-connection.ts';
import { CLOSE } from '#src/sockets/socket-limits.ts';

/** setTimeout takes no more than 2^31 - 1 ms (25 days). */
const LONGEST_TIMER_MS = 24 * 60 * 60 * 1000;

/**
 * Closes the socket when its session is over. The session is read again now (it may have ended during the handshake) and
 * whenever the known end is reached: it is prolonged while its owner uses the site.
 */
export function watchExpiry(
  socket: WebSocket,
  guest: Pick<SocketConnection, 'turnAway'>,
  session: OpenSession,
  readAgain: () => Promise<OpenSession | null>,
  log: Logger,
): void {
  let timer: NodeJS.Timeout | undefined;
  const check = () => {
    readAgain().then(
      (current) => {
        if (current === null) return guest.turnAway(CLOSE.sessionEnded, 'The session ended');
        if (current.viewer.role !== session.viewer.role) return guest.turnAway(CLOSE.accessChanged, 'Access changed');
        arm(current.expiresAt);
      },
      (error: unknown) => {
        // The database is away: the socket stays, and is looked at again soon.
        log.warn({ err: error }, 'a session could not be checked');
        timer = setTimeout(check, 5_000);
      },
    );
  };
  const arm = (expiresAt: Date) => {
    if (socket.readyState !== socket.OPEN) return;
    const leftMs = expiresAt.getTime() - Date.now();
    timer = setTimeout(check, Math.min(Math.max(leftMs, 0) + 1, LONGEST_TIMER_MS));
  };
  socket.once('close', () => clearTimeout(timer));
  check();
}
