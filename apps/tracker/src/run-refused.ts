import { formatDecimal, type Micros, ZERO_MICROS } from '@clipmeter/core/money';
import type { RunRecord } from '@clipmeter/db/scrape-run';
import type { RunFinished } from '@clipmeter/realtime/event';
import { ADMIN_TOPIC } from '@clipmeter/realtime/topic';

/** The run's end, for admins: nothing was read. */
export function runRefused(run: RunRecord, reason: string, costMicros: Micros | null, now: Date): RunFinished {
  return {
    topic: ADMIN_TOPIC,
    type: 'run.finished',
    payload: {
      runId: run.id,
      platform: run.platform,
      claimed: run.clips.length,
      read: 0,
      unknown: run.clips.length,
      unavailable: 0,
      credited: formatDecimal(ZERO_MICROS),
      cost: costMicros === null ? null : formatDecimal(costMicros),
      durationMs: Math.max(0, now.getTime() - run.recordedAt.getTime()),
      error: reason,
      at: now.toISOString(),
    },
  };
}
