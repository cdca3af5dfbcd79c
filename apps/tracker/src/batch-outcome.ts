import type { Micros } from '@clipmeter/core/money';
import { platformName } from '@clipmeter/core/platform';
import type { Pool } from '@clipmeter/db/connect';
import { appendEvents } from '@clipmeter/db/event-log';
import { type RunRecord, releaseRun } from '@clipmeter/db/scrape-run';
import { withTransaction } from '@clipmeter/db/transaction';
import type { EndedRun, Refusal } from '@clipmeter/platforms/port';
import { raiseAlert, resolveAlert } from '#src/alert.ts';
import { resolveRefusals } from '#src/input-refusal.ts';
import { readPlatformState, recordPlatformSuccess, recordPlatformTrouble } from '#src/platform-state.ts';
import { recordIncident } from '#src/run-incident.ts';
import { runRefused } from '#src/run-refused.ts';
import { troubleDelayMs } from '#src/trouble-delay.ts';

export interface OutcomeDeps {
  readonly pool: Pool;
  readonly now: () => Date;
}

/**
 * Nothing was read: the clips go back to the schedule and the platform waits, longer with each trouble in a row. When
 * money or permission is what is missing, a person is told too; the platform is tried again now and then, so that it goes
 * on by itself once somebody has paid.
 */
export async function recordRefusal(
  deps: OutcomeDeps,
  run: RunRecord,
  refusal: Refusal & { costMicros?: Micros | null },
): Promise<void> {
  const { platform } = run;
  const now = deps.now();
  await withTransaction(deps.pool, async (tx) => {
    const { failures } = await readPlatformState(tx, platform);
    const retryAt = new Date(now.getTime() + troubleDelayMs(refusal, failures));
    const costMicros = refusal.costMicros ?? null;
    await releaseRun(tx, { runId: run.id, retryAt, error: refusal.reason, now, costMicros });
    await appendEvents(tx, [runRefused(run, refusal.reason, costMicros, now)]);
    const status = refusal.kind === 'stopped' ? 'STOPPED' : 'DELAYED';
    await recordPlatformTrouble(tx, { platform, status, reason: refusal.reason, retryAt, now });
    if (refusal.kind === 'stopped') {
      const message = `${platformName(platform)} is not read any more: ${refusal.reason}`;
      await raiseAlert(tx, { kind: 'billing_stop', cause: platform, message, now });
    }
  });
}

/**
 * A run ended. An incident slows the platform down and blames no video: what it did not answer for goes back as it was.
 * Otherwise the platform's troubles are over, unless it said nothing of any video: a run of one or two is too small for an
 * incident, and no proof that one has passed.
 */
export async function recordEnd(
  deps: OutcomeDeps,
  run: RunRecord,
  { incident, results }: Pick<EndedRun, 'incident' | 'results'>,
): Promise<void> {
  const { platform } = run;
  const isSilent = results.every(({ outcome }) => outcome.kind === 'unknown' || outcome.kind === 'absent');
  const now = deps.now();
  await withTransaction(deps.pool, async (tx) => {
    if (incident === null) {
      if (isSilent && (await readPlatformState(tx, platform)).status === 'DELAYED') return;
      await recordPlatformSuccess(tx, platform, now);
      await resolveAlert(tx, { kind: 'platform_incident', cause: platform, now });
      await resolveAlert(tx, { kind: 'billing_stop', cause: platform, now });
      await resolveAlert(tx, { kind: 'run_given_up', cause: platform, now });
      await resolveRefusals(tx, platform, now);
      return;
    }
    const { failures } = await readPlatformState(tx, platform);
    const retryAt = new Date(now.getTime() + troubleDelayMs({ kind: 'failed' }, failures));
    await recordIncident(tx, run, incident, now);
    await recordPlatformTrouble(tx, { platform, status: 'DELAYED', reason: incident, retryAt, now });
  });
}
