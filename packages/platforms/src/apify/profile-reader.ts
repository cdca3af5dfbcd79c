import type { ApifyRuns } from '#src/apify/apify-runs.ts';
import type { ProfileAdapter } from '#src/apify/profile-adapter.ts';
import { matchProfile } from '#src/match-profile.ts';
import type { ProfileAnswer, ProfileAsk, ProfileReader } from '#src/profile-port.ts';

export interface ProfileReaderOptions {
  readonly runTimeoutSecs?: number;
}

/** Somebody waits for the answer. */
const RUN_TIMEOUT_SECS = 120;
/** After its own timeout a run gets this long to be over before it is aborted from here. */
const WAIT_GRACE_MS = 30_000;

/** Profiles of a platform, read through an actor of Apify: one run an account. */
export function createActorProfileReader(
  adapter: ProfileAdapter,
  runs: ApifyRuns,
  { runTimeoutSecs = RUN_TIMEOUT_SECS }: ProfileReaderOptions = {},
): ProfileReader {
  const { platform, actorId, itemsMax, chargeMaxMicros } = adapter;
  const limits = { itemsMax, chargeMaxMicros, timeoutSecs: runTimeoutSecs };

  async function findOrStart(
    { handle, since, answeredRunIds }: ProfileAsk,
    signal: AbortSignal,
  ): Promise<string | ProfileAnswer> {
    const input = adapter.buildInput(handle);
    const startedAt = new Date();
    const known = answeredRunIds && { knownRunIds: answeredRunIds };
    if (since !== null) {
      const found = await runs.find(actorId, input, since, { ...known, signal });
      if (found.kind === 'adopted') return found.externalRunId;
      // Nobody could say: a run that is being paid for may be there.
      if (found.kind === 'unavailable') return unknown(found.reason);
    }
    const started = await runs.start(actorId, input, limits, signal);
    if (started.kind === 'started') return started.externalRunId;
    if (started.kind === 'throttled') return unknown(started.reason, started.retryAfterMs);
    if (started.kind !== 'lost') return unknown(started.reason);
    const found = await runs.find(actorId, input, startedAt, { ...known, signal });
    return found.kind === 'adopted' ? found.externalRunId : unknown(started.reason);
  }

  async function collect(run: string, handle: string, signal: AbortSignal): Promise<ProfileAnswer> {
    const wait = await runs.waitForEnd(run, runTimeoutSecs * 1000 + WAIT_GRACE_MS, signal);
    if (wait.kind !== 'ended') return unknown(wait.kind === 'gone' ? 'Apify does not know the run' : wait.reason);
    const rows = await runs.readItems(wait.run.defaultDatasetId, itemsMax, signal);
    if (rows.kind === 'interrupted') return unknown(rows.reason);
    const items = rows.items.map((row) => adapter.readItem(row)).filter((item) => item !== null);
    const answer = matchProfile(handle, items);
    const isCutShort = wait.run.status !== 'SUCCEEDED' && answer.kind !== 'found';
    return isCutShort ? unknown(`the run ended ${wait.run.status}`) : answer;
  }

  return {
    platform,
    source: actorId,
    async readProfile(ask, signal) {
      const run = await findOrStart(ask, signal);
      if (typeof run !== 'string') return signal.aborted ? { kind: 'interrupted' } : run;
      const answer = await collect(run, ask.handle, signal);
      return signal.aborted ? { kind: 'interrupted' } : { ...answer, externalRunId: run };
    },
  };
}

const unknown = (reason: string, retryAfterMs: number | null = null): ProfileAnswer => ({
  kind: 'unknown',
  reason,
  retryAfterMs,
});
