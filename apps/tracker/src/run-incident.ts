import { type Platform, platformName } from '@clipmeter/core/platform';
import { appendEvents } from '@clipmeter/db/event-log';
import type { RunRecord } from '@clipmeter/db/scrape-run';
import type { Tx } from '@clipmeter/db/transaction';
import type { RunFinished } from '@clipmeter/realtime/event';
import { ADMIN_TOPIC } from '@clipmeter/realtime/topic';
import { raiseAlert } from '#src/alert.ts';

interface RunRow {
  platform: Platform;
  claimed: number;
  read: number;
  unknown: number;
  unavailable: number;
  credited: string;
  cost: string | null;
  duration_ms: string | null;
}

/**
 * A run ended and did not answer for most of its videos. Its settlement has given those clips back; the run now says how
 * many they were and why, and pages that were told the settlement's figures are told the right ones.
 */
export async function recordIncident(tx: Tx, run: RunRecord, incident: string, now: Date): Promise<void> {
  const { rows } = await tx.query<RunRow>(
    `UPDATE scrape_runs SET unknown = claimed - read - unavailable, error = $2 WHERE id = $1 AND status = 'SETTLED'
     RETURNING platform, claimed, read, unknown, unavailable, credited, cost, duration_ms`,
    [run.id, incident],
  );
  await appendEvents(
    tx,
    rows.map((row) => runCorrected(run.id, row, incident, now)),
  );
  const message = `${platformName(run.platform)} answers, but not for most videos: ${incident}`;
  await raiseAlert(tx, { kind: 'platform_incident', cause: run.platform, message, now });
}

function runCorrected(runId: string, { duration_ms, ...counts }: RunRow, incident: string, now: Date): RunFinished {
  return {
    topic: ADMIN_TOPIC,
    type: 'run.finished',
    payload: {
      runId,
      ...counts,
      durationMs: Number(duration_ms ?? 0),
      error: incident,
      corrected: true,
      at: now.toISOString(),
    },
  };
}
