import { CLOSE } from '#src/sockets/socket-limits.ts';
import type { SocketRegistry } from '#src/sockets/socket-registry.ts';

/** For the other side to answer the close. */
const ANSWER_WITHIN_MS = 1_000;

/** Closes every socket, politely first. */
export async function closeSockets(sockets: SocketRegistry): Promise<void> {
  const gone = sockets.emptied();
  for (const connection of sockets) {
    connection.askToReconnect();
    connection.close(CLOSE.goingAway, 'Restarting');
  }
  const cut = setTimeout(() => {
    for (const connection of sockets) connection.cut();
  }, ANSWER_WITHIN_MS);
  await gone;
  clearTimeout(cut);
}
