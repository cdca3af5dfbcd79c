import { randomUUID } from 'node:crypto';
import type { AlertKind } from '@clipmeter/core/alert-kind';
import { appendEvents } from '@clipmeter/db/event-log';
import type { Tx } from '@clipmeter/db/transaction';
import type { AlertChanged } from '@clipmeter/realtime/event';
import { ADMIN_TOPIC } from '@clipmeter/realtime/topic';

interface AlertRow {
  id: string;
  kind: string;
  message: string;
  count: number;
  resolved: boolean;
  at: Date;
}

/**
 * Something a person should know. One open row for a kind and a cause: said again, it is counted. Admins see it live, and
 * the webhook, if there is one, is told once for each row.
 */
export async function raiseAlert(
  tx: Tx,
  alert: { kind: AlertKind; cause: string; message: string; now: Date },
): Promise<void> {
  const { rows } = await tx.query<AlertRow>(
    `INSERT INTO alerts (id, kind, cause, message, first_seen, last_seen) VALUES ($1, $2, $3, $4, $5, $5)
     ON CONFLICT (kind, cause) WHERE resolved_at IS NULL
       DO UPDATE SET count = alerts.count + 1, last_seen = EXCLUDED.last_seen, message = EXCLUDED.message
     RETURNING id, kind, message, count, false AS resolved, last_seen AS at`,
    [randomUUID(), alert.kind, alert.cause, alert.message, alert.now],
  );
  await appendEvents(tx, rows.map(alertChanged));
}

/** What was alerted is over. */
export async function resolveAlert(tx: Tx, alert: { kind: AlertKind; cause: string; now: Date }): Promise<void> {
  const { rows } = await tx.query<AlertRow>(
    `UPDATE alerts SET resolved_at = $3 WHERE kind = $1 AND cause = $2 AND resolved_at IS NULL
     RETURNING id, kind, message, count, true AS resolved, resolved_at AS at`,
    [alert.kind, alert.cause, alert.now],
  );
  await appendEvents(tx, rows.map(alertChanged));
}

function alertChanged(row: AlertRow): AlertChanged {
  const { id, kind, message, count, resolved } = row;
  return {
    topic: ADMIN_TOPIC,
    type: 'alert.changed',
    payload: { id, kind, message, count, resolved, at: row.at.toISOString() },
  };
}
