import type { Viewer } from '@clipmeter/api/context';
import type { OpenSession } from '@clipmeter/api/session';
import type { Logger } from 'pino';
import type { SocketConnection } from '#src/sockets/socket-connection.ts';
import { CLOSE } from '#src/sockets/socket-limits.ts';

export interface SessionWatchDeps {
  /** The session that a handshake's cookie belongs to, read anew each time; null if there is none. */
  readonly readSession: (headers: Headers) => Promise<OpenSession | null>;
  readonly log: Logger;
}

/** What is closed when the session is over. */
type Guest = Pick<SocketConnection, 'turnAway'>;

/** An end further away is looked at again by then. */
const LOOK_AGAIN_MS = 24 * 60 * 60 * 1_000;
/** After a failed read. */
const RETRY_MS = 5_000;

/**
 * Closes a socket when its session is over. The session is read again at the first check (it may have ended during the
 * handshake) and whenever the known end is reached: it is prolonged while its owner uses the site.
 */
export class SessionWatch {
  readonly #deps: SessionWatchDeps;
  readonly #role: Viewer['role'];
  readonly #cookie: string;
  #dueAt = 0;

  constructor(deps: SessionWatchDeps, role: Viewer['role'], cookie: string) {
    this.#deps = deps;
    this.#role = role;
    this.#cookie = cookie;
  }

  /** To be called at the beginning and every second or so. `now` in ms that never go back. */
  check(now: number, guest: Guest): void {
    if (now >= this.#dueAt) void this.#read(now, guest);
  }

  async #read(now: number, guest: Guest): Promise<void> {
    this.#dueAt = now + LOOK_AGAIN_MS;
    try {
      const current = await this.#deps.readSession(new Headers({ cookie: this.#cookie }));
      if (current === null) return guest.turnAway(CLOSE.sessionEnded, 'The session ended');
      if (current.viewer.role !== this.#role) return guest.turnAway(CLOSE.accessChanged, 'Access changed');
      const leftMs = current.expiresAt.getTime() - Date.now();
      this.#dueAt = now + Math.min(Math.max(leftMs, 0) + 1, LOOK_AGAIN_MS);
    } catch (error) {
      // The database is away: the socket stays, and is looked at again soon.
      this.#deps.log.warn({ err: error }, 'a session could not be checked');
      this.#dueAt = now + RETRY_MS;
    }
  }
}
