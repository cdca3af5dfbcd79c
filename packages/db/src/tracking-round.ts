import { type Micros, ZERO_MICROS } from '@clipmeter/core/money';
import type { Pool } from 'pg';
import type { Queryable } from '#src/connect.ts';
import { microsFromNumeric } from '#src/micros-column.ts';
import { newId } from '#src/new-id.ts';

/** A round over clips that somebody asked for from outside. */
export interface RoundRequest {
  /** Every active clip, not only what is due. */
  readonly everyClip: boolean;
  /** The longest due first; null: no limit. */
  readonly clipsMax: number | null;
}

/** What a round came to. */
export interface RoundResult {
  readonly processed: number;
  readonly successful: number;
  readonly failed: number;
  readonly earningsAddedMicros: Micros;
  readonly campaignsCompleted: number;
}

/** A round as it stands. */
export interface TrackingRound extends RoundRequest {
  readonly id: string;
  readonly status: 'REQUESTED' | 'RUNNING' | 'ENDED';
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly limitAt: Date | null;
  readonly endedAt: Date | null;
  readonly chosen: number;
  /** Null until it has ended. */
  readonly result: RoundResult | null;
}

/** The open round may end between the refusal to open a second one and the look for it. */
const ATTEMPTS_MAX = 5;

/**
 * Opens a round, or joins the one that is open, whatever that was asked for. The tracker finds it there.
 *
 * @returns the round's id
 */
export async function requestRound(
  pool: Pool,
  request: RoundRequest & { now: Date },
): Promise<{ roundId: string; joined: boolean }> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const { rows: made } = await pool.query<{ id: string }>(
      `INSERT INTO tracking_rounds (id, every_clip, clips_max, requested_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (kind) WHERE status <> 'ENDED' DO NOTHING RETURNING id`,
      [newId(), request.everyClip, request.clipsMax, request.now],
    );
    if (made[0]) return { roundId: made[0].id, joined: false };
    const open = await readOpenRound(pool);
    if (open) return { roundId: open.id, joined: true };
  }
  throw new Error(`No round could be opened or joined in ${ATTEMPTS_MAX} attempts`);
}

/** The round that is open; null if none is. */
export async function readOpenRound(client: Queryable): Promise<TrackingRound | null> {
  return read(client, `status <> 'ENDED'`, []);
}

/** A round by its id; null if there is none. */
export async function readTrackingRound(client: Queryable, roundId: string): Promise<TrackingRound | null> {
  return read(client, 'id = $1', [roundId]);
}

async function read(client: Queryable, where: string, values: unknown[]): Promise<TrackingRound | null> {
  const { rows } = await client.query<{
    id: string;
    every_clip: boolean;
    clips_max: number | null;
    status: TrackingRound['status'];
    requested_at: Date;
    started_at: Date | null;
    limit_at: Date | null;
    ended_at: Date | null;
    chosen: number;
    processed: number | null;
    successful: number | null;
    failed: number | null;
    earnings_added: string | null;
    campaigns_completed: number | null;
  }>(
    `SELECT id, every_clip, clips_max, status, requested_at, started_at, limit_at, ended_at, chosen,
       processed, successful, failed, earnings_added, campaigns_completed FROM tracking_rounds WHERE ${where}`,
    values,
  );
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    everyClip: row.every_clip,
    clipsMax: row.clips_max,
    status: row.status,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    limitAt: row.limit_at,
    endedAt: row.ended_at,
    chosen: row.chosen,
    result:
      row.status === 'ENDED'
        ? {
            processed: row.processed ?? 0,
            successful: row.successful ?? 0,
            failed: row.failed ?? 0,
            earningsAddedMicros: row.earnings_added === null ? ZERO_MICROS : microsFromNumeric(row.earnings_added),
            campaignsCompleted: row.campaigns_completed ?? 0,
          }
        : null,
  };
}
