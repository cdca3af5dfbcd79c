import type { WebSocketServer } from 'ws';
import { CLOSE } from '#src/sockets/socket-limits.ts';

/** For the other side to answer the close. */
const ANSWER_WITHIN_MS = 1_000;

/** Closes every socket, politely first. */
export async function closeSockets(wss: WebSocketServer): Promise<void> {
  const gone = [...wss.clients].map((client) => new Promise<void>((resolve) => client.once('close', () => resolve())));
  for (const client of wss.clients) client.close(CLOSE.goingAway, 'Restarting');
  const cut = setTimeout(() => {
    for (const client of wss.clients) client.terminate();
  }, ANSWER_WITHIN_MS);
  await Promise.all(gone);
  clearTimeout(cut);
  wss.close();
}
