import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';
import { TokenBucket } from '#src/sockets/token-bucket.ts';

/** Above so many users, those who have not come for long enough to be full again are forgotten. */
const REMEMBERED = 10_000;

/**
 * How often one user's sockets may be opened. Who is thrown out and comes again at once costs more than the call it was
 * thrown out for: a handshake, and its session read twice.
 */
export class HandshakeLimits {
  readonly #byUser = new Map<string, { bucket: TokenBucket; at: number }>();

  /** Whether the user may open another. `now` in ms, never going back. */
  mayOpen(userId: string, now: number): boolean {
    const known = this.#byUser.get(userId) ?? { bucket: new TokenBucket(SOCKET_LIMITS.handshakes, now), at: now };
    // The latest at the end.
    this.#byUser.delete(userId);
    known.at = now;
    this.#byUser.set(userId, known);
    this.#forget(now);
    return known.bucket.take(1, now);
  }

  #forget(now: number): void {
    const { burst, perSecond } = SOCKET_LIMITS.handshakes;
    const fullAfterMs = (burst / perSecond) * 1_000;
    for (const [userId, { at }] of this.#byUser) {
      if (this.#byUser.size <= REMEMBERED || now - at < fullAfterMs) return;
      this.#byUser.delete(userId);
    }
  }
}
