import { setTimeout } from 'node:timers/promises';
import { formatDecimal, type Micros } from '@clipmeter/core/money';
import { ApifyClient } from 'apify-client';
import type { ActorInput } from '#src/apify/actor-adapter.ts';
import { classifyStartFailure, describeFailure } from '#src/apify/apify-failure.ts';
import { type ApifyRun, hasEnded, readApifyRun } from '#src/apify/apify-run.ts';
import { holdsJson } from '#src/apify/holds-json.ts';
import type { AdoptOptions, AdoptOutcome, StartOutcome } from '#src/port.ts';
import { untilAborted } from '#src/until-aborted.ts';

export interface ApifyAccess {
  readonly token: string;
  /** Without `/v2`, which the client adds. Default: https://api.apify.com */
  readonly baseUrl?: string;
  /** Retries of reading calls, exponential from `retryDelayMs`. Starting a run is never retried. */
  readonly maxRetries?: number;
  readonly retryDelayMs?: number;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What a run may cost and how long it may take, whatever the actor does. */
export interface RunLimits {
  readonly itemsMax: number;
  readonly chargeMaxMicros: Micros;
  readonly timeoutSecs: number;
}

export type WaitOutcome =
  | { readonly kind: 'ended'; readonly run: ApifyRun }
  | { readonly kind: 'gone' }
  | { readonly kind: 'interrupted'; readonly reason: string };

export type ItemsOutcome =
  | { readonly kind: 'read'; readonly items: readonly unknown[] }
  | { readonly kind: 'interrupted'; readonly reason: string };

const LOG_LEVEL_OFF = 0;
const START_TIMEOUT_SECS = 30;
/** A reading call is held by the server for at most 60 s while a run goes on. */
const READ_TIMEOUT_SECS = 90;
const WAIT_SLICE_SECS = 30;
const ABORT_TIMEOUT_MS = 30_000;
const GONE_AFTER_TIMES = 5;
const GONE_RETRY_MS = 1_000;
const PAGE_ITEMS = 1000;
const RUNS_MAX = 1000;

/** How far Apify's clock may be behind ours for a run of ours to look older than its record. */
const CLOCK_SKEW_MS = 2_000;

function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { signal });
}

/** Actor runs of one Apify account, through its official client. */
export class ApifyRuns {
  readonly #starter: ApifyClient;
  readonly #client: ApifyClient;
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>;

  constructor({ token, baseUrl, maxRetries = 4, retryDelayMs = 500, sleep = sleepFor }: ApifyAccess) {
    this.#sleep = sleep;
    const place = baseUrl === undefined ? {} : { baseUrl };
    // A start has no idempotency key: a client that retries it after a timeout pays for two runs.
    this.#starter = new ApifyClient({ token, ...place, maxRetries: 0, timeoutSecs: START_TIMEOUT_SECS });
    this.#client = new ApifyClient({
      token,
      ...place,
      maxRetries,
      minDelayBetweenRetriesMillis: retryDelayMs,
      timeoutSecs: READ_TIMEOUT_SECS,
    });
    // The client writes its own warnings to the console; what it warns of is in our outcomes.
    for (const { logger } of [this.#starter, this.#client]) logger.setLevel(LOG_LEVEL_OFF);
  }

  /** Starts a run, once. */
  async start(actorId: string, input: ActorInput, limits: RunLimits, signal: AbortSignal): Promise<StartOutcome> {
    if (signal.aborted) return { kind: 'failed', reason: 'stopped before anything was sent' };
    const options = {
      maxItems: limits.itemsMax,
      maxTotalChargeUsd: Number(formatDecimal(limits.chargeMaxMicros)),
      timeout: limits.timeoutSecs,
    };
    try {
      const answer = await untilAborted(() => this.#starter.actor(actorId).start(input, options), signal);
      const run = readApifyRun(answer);
      if (run === null) return { kind: 'lost', reason: 'Apify accepted the start and answered something else' };
      return { kind: 'started', externalRunId: run.id, startedAt: run.startedAt };
    } catch (error) {
      return classifyStartFailure(error);
    }
  }

  /** Finds a run of the actor that was started since with this input: the earliest one that is not known yet. */
  async find(
    actorId: string,
    input: ActorInput,
    since: Date,
    { knownRunIds = new Set(), signal }: AdoptOptions,
  ): Promise<AdoptOutcome> {
    try {
      for (const run of await this.#startedSince(actorId, since, signal)) {
        if (knownRunIds.has(run.id)) continue;
        const store = this.#client.keyValueStore(run.defaultKeyValueStoreId);
        const record = await untilAborted(() => store.getRecord('INPUT'), signal);
        if (record === undefined || !holdsJson(record.value, input)) continue;
        return { kind: 'adopted', externalRunId: run.id, startedAt: run.startedAt };
      }
      return { kind: 'none' };
    } catch (error) {
      return { kind: 'unavailable', reason: describeFailure(error) };
    }
  }

  /** Those started at or after `since` come first, then those that only a slow clock puts before it. */
  async #startedSince(actorId: string, since: Date, signal: AbortSignal | undefined): Promise<ApifyRun[]> {
    const startedAfter = new Date(since.getTime() - CLOCK_SKEW_MS);
    const runs = this.#client.actor(actorId).runs();
    const { items } = await untilAborted(() => runs.list({ startedAfter, limit: RUNS_MAX, desc: true }), signal);
    const candidates = items
      .map(readApifyRun)
      .filter((run) => run !== null)
      .filter((run) => run.startedAt >= startedAfter)
      .toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
    const isSince = (run: ApifyRun) => run.startedAt >= since;
    return [...candidates.filter(isSince), ...candidates.filter((run) => !isSince(run))];
  }

  /** The run as it is now; null when Apify does not know it, or cannot say. */
  async read(runId: string, signal: AbortSignal | undefined): Promise<ApifyRun | null> {
    try {
      return readApifyRun(await untilAborted(() => this.#client.run(runId).get(), signal));
    } catch {
      return null;
    }
  }

  /** Waits until the run has ended, however it did; one that is not over after `timeoutMs` is aborted. */
  async waitForEnd(runId: string, timeoutMs: number, signal: AbortSignal): Promise<WaitOutcome> {
    const client = this.#client.run(runId);
    let deadline = performance.now() + timeoutMs;
    let isAborted = false;
    let timesGone = 0;
    try {
      for (;;) {
        if (performance.now() >= deadline) {
          if (isAborted) return { kind: 'interrupted', reason: 'the run neither ends nor can be aborted' };
          await untilAborted(() => client.abort(), signal);
          isAborted = true;
          deadline = performance.now() + ABORT_TIMEOUT_MS;
        }
        const leftSecs = Math.ceil((deadline - performance.now()) / 1000);
        const waitForFinish = Math.max(1, Math.min(WAIT_SLICE_SECS, leftSecs));
        const answer = await untilAborted(() => client.get({ waitForFinish }), signal);
        if (answer === undefined) {
          // A replica may not know a run that has just been started.
          if (++timesGone >= GONE_AFTER_TIMES) return { kind: 'gone' };
          await this.#sleep(GONE_RETRY_MS, signal);
          continue;
        }
        const run = readApifyRun(answer);
        if (run === null) return { kind: 'interrupted', reason: 'Apify answered something that is not a run' };
        if (hasEnded(run)) return { kind: 'ended', run };
      }
    } catch (error) {
      return { kind: 'interrupted', reason: signal.aborted ? 'stopped while waiting' : describeFailure(error) };
    }
  }

  /** The run's items, as they are, in pages. Its own word for how many there are may lag behind and is not trusted. */
  async readItems(datasetId: string, itemsMax: number, signal: AbortSignal): Promise<ItemsOutcome> {
    const dataset = this.#client.dataset(datasetId);
    const items: unknown[] = [];
    try {
      while (items.length < itemsMax) {
        const limit = Math.min(PAGE_ITEMS, itemsMax - items.length);
        const page = await untilAborted(() => dataset.listItems({ offset: items.length, limit }), signal);
        if (!Array.isArray(page.items)) return { kind: 'interrupted', reason: 'Apify answered something for items' };
        items.push(...page.items);
        const hasMore = page.items.length === limit || items.length < page.total;
        if (page.items.length === 0 || !hasMore) break;
      }
      return { kind: 'read', items };
    } catch (error) {
      return { kind: 'interrupted', reason: signal.aborted ? 'stopped while reading' : describeFailure(error) };
    }
  }
}
