/** What one socket, one user and the whole process may have. A page needs one socket and a handful of subscriptions. */
export const SOCKET_LIMITS = {
  socketsMax: 5_000,
  socketsPerUserMax: 20,
  /** A request is a path and a cursor. */
  frameBytesMax: 16 * 1024,
  callsPerFrameMax: 20,
  messagesPerWindowMax: 200,
  messageWindowMs: 10_000,
  /** Above this much unsent, a subscription waits and its events are conflated. */
  unsentBytesHigh: 64 * 1024,
  /** Above this much unsent the socket is cut. */
  unsentBytesMax: 1024 * 1024,
  /** Who is not signed in is told so when it calls, and is let go then. */
  strangerMs: 5_000,
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
  sessionEnded: 4401,
  accessChanged: 4403,
} as const;
