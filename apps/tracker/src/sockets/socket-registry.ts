import type { Viewer } from '@clipmeter/api/context';
import type { WebSocket } from 'ws';
import type { SocketConnection } from '#src/sockets/socket-connection.ts';
import { CLOSE } from '#src/sockets/socket-limits.ts';

/** What can be closed for a reason of ours. */
type Guest = Pick<SocketConnection, 'turnAway'>;

/** Every open socket by whose it is, so that it can be closed when its session or its rights end. */
export class SocketRegistry {
  readonly #bySession = new Map<string, Set<Guest>>();
  readonly #byUser = new Map<string, Set<Guest>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  countOfUser(userId: string): number {
    return this.#byUser.get(userId)?.size ?? 0;
  }

  add(viewer: Viewer, socket: WebSocket, guest: Guest): void {
    this.#count += 1;
    join(this.#bySession, viewer.sessionId, guest);
    join(this.#byUser, viewer.userId, guest);
    socket.once('close', () => {
      this.#count -= 1;
      leave(this.#bySession, viewer.sessionId, guest);
      leave(this.#byUser, viewer.userId, guest);
    });
  }

  closeSession(sessionId: string): void {
    for (const guest of this.#bySession.get(sessionId) ?? []) guest.turnAway(CLOSE.sessionEnded, 'The session ended');
  }

  /** A role or a suspension changed: what the socket was allowed to follow may be wrong now. It may reconnect. */
  closeUser(userId: string): void {
    for (const guest of this.#byUser.get(userId) ?? []) guest.turnAway(CLOSE.accessChanged, 'Access changed');
  }

  closeAll(): void {
    for (const set of this.#bySession.values()) for (const guest of set) guest.turnAway(CLOSE.goingAway, 'Come again');
  }
}

function join(sets: Map<string, Set<Guest>>, key: string, guest: Guest): void {
  const set = sets.get(key);
  if (set) set.add(guest);
  else sets.set(key, new Set([guest]));
}

function leave(sets: Map<string, Set<Guest>>, key: string, guest: Guest): void {
  const set = sets.get(key);
  set?.delete(guest);
  if (set?.size === 0) sets.delete(key);
}
