import { CLOSE } from '#src/sockets/socket-limits.ts';

const WORDS_BY_CODE: ReadonlyMap<number, CloseReason> = new Map([
  [CLOSE.goingAway, 'going_away'],
  [CLOSE.policy, 'policy'],
  [CLOSE.tryAgain, 'try_again'],
  [CLOSE.sessionEnded, 'session_ended'],
  [CLOSE.accessChanged, 'access_changed'],
]);

/** Why a socket was ended by this side. The last four are cut without a word. */
export const CLOSE_REASONS = [
  'going_away',
  'policy',
  'try_again',
  'session_ended',
  'access_changed',
  'bad_frame',
  'unsent',
  'stalled',
  'silent',
] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** What the sockets of a process have come to so far. Plain numbers: a frame costs an addition, a scrape reads them. */
export class SocketTally {
  opened = 0;
  frames = 0;
  /** Of frames, as given to the transport. */
  bytes = 0;
  /** Subscriptions that were told to fetch a snapshot: what they had missed could not be told one by one. */
  snapshots = 0;
  readonly handshakesRefused = new Map<string, number>();
  readonly callsRefused = new Map<string, number>();
  readonly closed = new Map<CloseReason, number>();

  sent(frames: number, bytes: number): void {
    this.frames += frames;
    this.bytes += bytes;
  }

  /** `status`: a line such as `403 Forbidden`. */
  refuseHandshake(status: string): void {
    count(this.handshakesRefused, status.split(' ')[0] ?? status);
  }

  /** `code`: one of tRPC's. */
  refuseCall(code: string): void {
    count(this.callsRefused, code);
  }

  turnAway(code: number): void {
    count(this.closed, WORDS_BY_CODE.get(code) ?? 'policy');
  }

  close(reason: CloseReason): void {
    count(this.closed, reason);
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
