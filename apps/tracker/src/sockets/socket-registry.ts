import type { SocketConnection } from '#src/sockets/socket-connection.ts';
import { CLOSE } from '#src/sockets/socket-limits.ts';

/** Every open socket, and by whose it is: it is closed when its session or its rights end. */
export class SocketRegistry {
  readonly #all = new Set<SocketConnection>();
  /** A handful each (`socketsPerUserMax`): arrays cost a fraction of what as many sets do. */
  readonly #byUser = new Map<string, readonly SocketConnection[]>();
  #whenEmpty: () => void = () => {};

  get count(): number {
    return this.#all.size;
  }

  countOfUser(userId: string): number {
    return this.#ofUser(userId).length;
  }

  add(connection: SocketConnection): void {
    this.#all.add(connection);
    const { viewer } = connection;
    if (viewer !== null) this.#byUser.set(viewer.userId, [...this.#ofUser(viewer.userId), connection]);
  }

  remove(connection: SocketConnection): void {
    this.#all.delete(connection);
    if (connection.viewer !== null) this.#removeOfUser(connection.viewer.userId, connection);
    if (this.#all.size === 0) this.#whenEmpty();
  }

  [Symbol.iterator](): IterableIterator<SocketConnection> {
    return this.#all.values();
  }

  /** Resolves when the last one has gone. */
  emptied(): Promise<void> {
    if (this.#all.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenEmpty = resolve;
    });
  }

  closeSession(sessionId: string): void {
    // Looked for: sessions end far less often than sockets are held, and an index would cost each of them.
    for (const connection of this.#all) {
      if (connection.viewer?.sessionId === sessionId) connection.turnAway(CLOSE.sessionEnded, 'The session ended');
    }
  }

  /** A role or a suspension changed: what the socket was allowed to follow may be wrong now. It may reconnect. */
  closeUser(userId: string): void {
    for (const connection of this.#ofUser(userId)) connection.turnAway(CLOSE.accessChanged, 'Access changed');
  }

  closeAll(): void {
    for (const connection of this.#all) connection.turnAway(CLOSE.goingAway, 'Come again');
  }

  #ofUser(userId: string): readonly SocketConnection[] {
    return this.#byUser.get(userId) ?? [];
  }

  #removeOfUser(userId: string, connection: SocketConnection): void {
    const others = this.#ofUser(userId).filter((each) => each !== connection);
    if (others.length === 0) this.#byUser.delete(userId);
    else this.#byUser.set(userId, others);
  }
}
