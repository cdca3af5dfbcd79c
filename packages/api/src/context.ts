import type { Pool } from '@clipmeter/db/connect';
import type { EventSource } from '@clipmeter/realtime/event-source';
import type { Hub } from '@clipmeter/realtime/hub';

export type Role = 'CLIPPER' | 'ADMIN';

/** Who asks, as the session says. */
export interface Viewer {
  userId: string;
  sessionId: string;
  role: Role;
  name: string;
  email: string;
}

/** Who does it, as far as an operation and its audit row need to know. Whether they may is the procedure's to say. */
export type Actor = Pick<Viewer, 'userId'>;

/** What only a process with a follower has: the tracker. Without it the `live` procedures answer UNAVAILABLE. */
export interface LiveContext {
  source: EventSource;
  hub: Hub;
  /** How far the follower is behind. */
  lagMs(): number;
}

/** What an operation works with. */
export interface OperationDeps {
  pool: Pool;
  now(): Date;
  /** How long a closing round may last. Default 10 minutes. */
  closingLimitMs?: number | undefined;
}

export interface ApiContext extends OperationDeps {
  viewer: Viewer | null;
  /** Named in the answer to an unexpected error and in its log line, so that one finds the other. */
  requestId: string;
  logError(message: string, fields: { requestId: string; path: string | undefined; error: unknown }): void;
  live?: LiveContext | undefined;
}

export type SignedInContext = ApiContext & { viewer: Viewer };
