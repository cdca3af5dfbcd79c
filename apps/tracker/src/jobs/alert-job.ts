import { alertWords } from '@clipmeter/core/alert-kind';
import type { Pool } from '@clipmeter/db/connect';
import type { Logger } from 'pino';
import { z } from 'zod';
import { EVERY_MINUTE, type Job } from '#src/jobs/job.ts';

export const ALERT_QUEUE = 'alerts';

const EVERY_SECONDS = 5;
const POSTS_MAX = 20;
const TIMEOUT_MS = 10_000;

interface UnpostedAlert {
  id: string;
  kind: string;
  cause: string;
  message: string;
  first_seen: Date;
}

export interface AlertDeps {
  readonly pool: Pool;
  readonly log: Logger;
  readonly now: () => Date;
  readonly webhookUrl: string;
}

/**
 * Posts each alert to the webhook, at least once: it is marked after the webhook has taken it. What could not be posted is
 * tried again with the next look. The body has `text` and `content`, which chat webhooks show.
 */
export function createAlertJob(deps: AlertDeps): Job {
  return {
    queue: ALERT_QUEUE,
    data: z.object({}),
    concurrency: 1,
    pollSeconds: 1,
    everySeconds: EVERY_SECONDS,
    cron: EVERY_MINUTE,
    async handle(_data, signal) {
      const { rows } = await deps.pool.query<UnpostedAlert>(
        'SELECT id, kind, cause, message, first_seen FROM alerts WHERE posted_at IS NULL ORDER BY first_seen LIMIT $1',
        [POSTS_MAX],
      );
      for (const alert of rows) {
        if (signal.aborted || !(await post(deps, alert, signal))) return;
        await deps.pool.query('UPDATE alerts SET posted_at = $2 WHERE id = $1', [alert.id, deps.now()]);
      }
    },
  };
}

async function post(deps: AlertDeps, alert: UnpostedAlert, signal: AbortSignal): Promise<boolean> {
  const { id, kind, cause, message } = alert;
  const { title, remedy } = alertWords(kind);
  const text = `Clipmeter: ${title}. ${message}${message.endsWith('.') ? '' : '.'} ${remedy}`;
  try {
    const response = await fetch(deps.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id,
        kind,
        cause,
        title,
        message,
        remedy,
        firstSeen: alert.first_seen.toISOString(),
        text,
        content: text,
      }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    if (response.ok) return true;
    deps.log.warn({ alert: id, status: response.status }, 'the alert webhook refused');
  } catch (error) {
    deps.log.warn(
      { alert: id, reason: error instanceof Error ? error.message : String(error) },
      'the alert webhook failed',
    );
  }
  return false;
}
