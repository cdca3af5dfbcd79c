/**
 * What one socket, one user and the whole process may have; docs/operate.md has the same table. A page needs one socket
 * and a handful of subscriptions.
 */
export const SOCKET_LIMITS = {
  socketsMax: 5_000,
  socketsPerUserMax: 20,
  subscriptionsPerSocketMax: 20,
  /** A request is a path and a cursor. Above it the socket is closed with 1009. */
  frameBytesMax: 16 * 1024,
  callsPerFrameMax: 20,
  /** Messages, and each call in them, in a window; above it the socket is closed with 1008. */
  callsPerWindowMax: 200,
  callWindowMs: 10_000,
  /** Above this much unsent, events wait in the hub and are conflated (`BUFFER_LIMITS` of realtime). */
  unsentBytesHigh: 64 * 1024,
  /** Above this much unsent the socket is cut. */
  unsentBytesMax: 1024 * 1024,
  /** A reader that has taken nothing for so long, with something to take, is cut. */
  stalledMs: 30_000,
  /** Who is not signed in is told so when it calls, and is let go then. */
  strangerMs: 5_000,
  /** For the other side to answer a close; then it is cut. */
  closeMs: 1_000,
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
