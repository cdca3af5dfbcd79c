import type { Viewer } from '@clipmeter/api/context';
import type { WebSocket } from 'ws';
import { CLOSE } from '#src/sockets/socket-limits.ts';

/** Every open socket by whose it is, so that it can be closed when its session or its rights end. */
export class SocketRegistry {
  readonly #bySession = new Map<string, Set<WebSocket>>();
  readonly #byUser = new Map<string, Set<WebSocket>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  countOfUser(userId: string): number {
    return this.#byUser.get(userId)?.size ?? 0;
  }

  add(viewer: Viewer, socket: WebSocket): void {
    this.#count += 1;
    join(this.#bySession, viewer.sessionId, socket);
    join(this.#byUser, viewer.userId, socket);
    socket.once('close', () => {
      this.#count -= 1;
      leave(this.#bySession, viewer.sessionId, socket);
      leave(this.#byUser, viewer.userId, socket);
    });
  }

  closeSession(sessionId: string): void {
    for (const socket of this.#bySession.get(sessionId) ?? []) socket.close(CLOSE.sessionEnded, 'The session ended');
  }

  /** A role or a suspension changed: what the socket was allowed to follow may be wrong now. It may reconnect. */
  closeUser(userId: string): void {
    for (const socket of this.#byUser.get(userId) ?? []) socket.close(CLOSE.accessChanged, 'Access changed');
  }

  closeAll(): void {
    for (const set of this.#bySession.values()) for (const socket of set) socket.close(CLOSE.goingAway, 'Come again');
  }
}

function join(sets: Map<string, Set<WebSocket>>, key: string, socket: WebSocket): void {
  const set = sets.get(key);
  if (set) set.add(socket);
  else sets.set(key, new Set([socket]));
}

function leave(sets: Map<string, Set<WebSocket>>, key: string, socket: WebSocket): void {
  const set = sets.get(key);
  set?.delete(socket);
  if (set?.size === 0) sets.delete(key);
}
