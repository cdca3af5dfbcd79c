/**
 * What one socket, one user and the whole process may have; docs/operate.md has the same table. A page needs one socket
 * and a handful of subscriptions.
 */
export const SOCKET_LIMITS = {
  socketsMax: 5_000,
  socketsPerUserMax: 20,
  /** Who is not signed in may not fill the process. */
  strangersMax: 500,
  /** From the connection to a whole handshake. */
  handshakeMs: 10_000,
  /** Of one user, the refused ones too; above it 429. */
  handshakes: { burst: 60, perSecond: 1 },
  /** Reads of the event log for subscriptions that begin, of the whole process. The follower reads beside them. */
  gapReadsAtOnce: 4,
  subscriptionsPerSocketMax: 20,
  /** A request is a path and a cursor. Above it the socket is closed with 1009. */
  frameBytesMax: 16 * 1024,
  /** Pieces in which a frame may come, by its own framing or by the network. Above it, 1008. */
  fragmentsMax: 64,
  callsPerFrameMax: 20,
  /** Messages, and each call in them; above it the socket is closed with 1008. */
  calls: { burst: 60, perSecond: 5 },
  /** Calls that could not be served, in a socket's life; above it the socket is closed with 1008. */
  refusalsMax: 10,
  /** Above this much unsent, events wait in the hub and are conflated (`BUFFER_LIMITS` of realtime). */
  unsentBytesHigh: 64 * 1024,
  /** Above this much unsent the socket is cut. */
  unsentBytesMax: 1024 * 1024,
  /** A reader that has taken nothing for so long, with something to take, is cut. */
  stalledMs: 30_000,
  /** Who is not signed in is told so when it calls, and is let go then. */
  strangerMs: 5_000,
  /** For a close to reach the other side, which is told nothing else and not read any more; then it is cut. */
  closeMs: 500,
  pingMs: 15_000,
  pongWaitMs: 10_000,
} as const;

/**
 * Why a socket was closed, in the range that applications may use. The client reads the code: after `sessionEnded` it
 * signs in again instead of reconnecting.
 */
export const CLOSE = {
  goingAway: 1001,
  policy: 1008,
  tryAgain: 1013,
  sessionEnded: 4401,
  accessChanged: 4403,
} as const;
