import { type Platform, platformName } from '@clipmeter/core/platform';
import type { Queryable } from '@clipmeter/db/connect';
import { appendEvents } from '@clipmeter/db/event-log';
import { blameClip, isAnyApart, readBefore, rejoin, rejoinAll, splitRun } from '@clipmeter/db/read-apart';
import { type RunRecord, releaseRun } from '@clipmeter/db/scrape-run';
import { type Tx, withTransaction } from '@clipmeter/db/transaction';
import type { RejectedInput } from '@clipmeter/platforms/port';
import { raiseAlert, resolveAlert } from '#src/alert.ts';
import type { OutcomeDeps } from '#src/batch-outcome.ts';
import { readPlatformState, recordPlatformTrouble } from '#src/platform-state.ts';
import { runRefused } from '#src/run-refused.ts';
import { suspectGroups } from '#src/suspect-groups.ts';
import { troubleDelayMs } from '#src/trouble-delay.ts';

/** Refused in so many runs without one that was taken (a batch, and then each of its sixteenths): it is no clip's fault. */
const REFUSALS_MAX = 31;

/**
 * The platform would not take a run because of what it asks for. One such clip must not keep the others from being read:
 * the batch goes back in two parts, each read in runs of its own, until the clip stands alone; it then waits longer and
 * longer. All of it is written with the end of the refused run, so a process that dies meanwhile only asks again.
 */
export async function recordRejection(deps: OutcomeDeps, run: RunRecord, rejected: RejectedInput): Promise<void> {
  const now = deps.now();
  await withTransaction(deps.pool, async (tx) => {
    const clipIds = run.clips.map((clip) => clip.clipId);
    const refused = { runId: run.id, clipIds, reason: rejected.reason, now };
    const [onlyClip] = run.clips.length === 1 ? run.clips : [];
    if (onlyClip !== undefined) await blameClip(tx, { ...refused, clipId: onlyClip.clipId });
    else if (await isPlatformsFault(tx, run.platform)) await blamePlatform(tx, run, rejected.reason, now);
    else {
      const known = { named: rejected.suspects, readBefore: await readBefore(tx, clipIds) };
      await splitRun(tx, refused, suspectGroups(run.clips, known));
      await tx.query('UPDATE platform_states SET refusals = refusals + 1 WHERE platform = $1', [run.platform]);
    }
    await appendEvents(tx, [runRefused(run, rejected.reason, null, now)]);
    const message = `${platformName(run.platform)} does not take a run for what it asks for; the clip is looked for and read apart: ${rejected.reason}`;
    await raiseAlert(tx, { kind: 'input_refused', cause: run.platform, message, now });
  });
}

/** The platform took a run: its clips can be asked for, and so can others. */
export async function recordAcceptance(client: Queryable, run: RunRecord): Promise<void> {
  await rejoin(
    client,
    run.clips.map((clip) => clip.clipId),
  );
  await client.query('UPDATE platform_states SET refusals = 0 WHERE platform = $1 AND refusals > 0', [run.platform]);
}

/** Ends the alert once nothing is read apart any more: every clip was taken, or its submission is no more. */
export async function resolveRefusals(tx: Tx, platform: Platform, now: Date): Promise<void> {
  if (!(await isAnyApart(tx, platform))) await resolveAlert(tx, { kind: 'input_refused', cause: platform, now });
}

async function isPlatformsFault(tx: Tx, platform: Platform): Promise<boolean> {
  const { rows } = await tx.query<{ refusals: number }>('SELECT refusals FROM platform_states WHERE platform = $1', [
    platform,
  ]);
  return (rows[0]?.refusals ?? 0) + 1 >= REFUSALS_MAX;
}

/** It takes nothing at all, whatever is asked for: all clips go back together, and it is tried again later and later. */
async function blamePlatform(tx: Tx, { id: runId, platform }: RunRecord, reason: string, now: Date): Promise<void> {
  const { failures } = await readPlatformState(tx, platform);
  const retryAt = new Date(now.getTime() + troubleDelayMs({ kind: 'failed' }, failures));
  await releaseRun(tx, { runId, retryAt, error: reason, now });
  await rejoinAll(tx, platform);
  await recordPlatformTrouble(tx, { platform, status: 'DELAYED', reason, retryAt, now });
  await tx.query('UPDATE platform_states SET refusals = 0 WHERE platform = $1', [platform]);
}
