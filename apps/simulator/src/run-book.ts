import { randomBytes } from 'node:crypto';
import type { Actor, Row } from '#src/actors/actor.ts';
import { actorByName } from '#src/actors/find-actor.ts';
import { spoilRows } from '#src/actors/item-fault.ts';
import type { Catalogue } from '#src/catalogue.ts';
import { type Fault, ITEM_FAULTS, type ItemFault } from '#src/fault.ts';
import { seededRandom } from '#src/random.ts';
import { isTerminal, type Run, type RunOptions, type RunStatus } from '#src/run.ts';
import type { UsageMeter } from '#src/usage.ts';

/** Runs that are remembered; the oldest ended ones go first. */
const RUNS_MAX = 1_000;
const READY_SHARE = 0.2;
const READY_MAX_MS = 500;
const WINDING_DOWN_MS = 50;
/** setTimeout fires at once when asked for more. */
const TIMER_MAX_MS = 2 ** 31 - 1;
/** What a bill shows right after the end, in percent of what it will settle at. */
const EARLY_BILL_PERCENT = 60n;

/** Lives the lives of actor runs: READY, RUNNING, an end, a dataset, a bill that settles late. */
export class RunBook {
  readonly #catalogue: Catalogue;
  readonly #usage: UsageMeter;
  readonly #onChange: () => void;
  readonly #durationMs: number;
  readonly #costSettlesMs: number;
  readonly #runs = new Map<string, Run>();
  readonly #waiters = new Map<string, Set<() => void>>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: {
    catalogue: Catalogue;
    usage: UsageMeter;
    onChange: () => void;
    durationMs: number;
    costSettlesMs: number;
  }) {
    this.#catalogue = options.catalogue;
    this.#usage = options.usage;
    this.#onChange = options.onChange;
    this.#durationMs = options.durationMs;
    this.#costSettlesMs = options.costSettlesMs;
  }

  /** Starts a run. The input has passed the actor's check. */
  start(actor: Actor, input: unknown, options: RunOptions, faults: Fault[]): Run {
    const id = newId();
    const jitter = 0.7 + 0.6 * seededRandom(id)();
    const run: Run = {
      id,
      actorName: actor.name,
      platform: actor.platform,
      status: 'READY',
      startedAtMs: Date.now(),
      finishedAtMs: null,
      durationMs: Math.round(this.#durationMs * jitter),
      input,
      items: [],
      options,
      faults,
      billedResults: 0,
      chargeMicros: '0',
      defaultDatasetId: newId(),
      defaultKeyValueStoreId: newId(),
      defaultRequestQueueId: newId(),
    };
    this.#runs.set(id, run);
    this.#usage.countRun(actor.platform);
    this.#forgetOldest();
    this.#live(run);
    this.#onChange();
    return run;
  }

  run(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  runOfDataset(datasetId: string): Run | undefined {
    return this.list().find((run) => run.defaultDatasetId === datasetId);
  }

  runOfKeyValueStore(storeId: string): Run | undefined {
    return this.list().find((run) => run.defaultKeyValueStoreId === storeId);
  }

  /** All remembered runs, in the order of their starts. */
  list(): Run[] {
    return [...this.#runs.values()];
  }

  /** Ends a run early; one that has ended stays as it is. */
  abort(run: Run): void {
    if (isTerminal(run.status) || run.status === 'ABORTING') return;
    this.#become(run, 'ABORTING');
    this.#after(WINDING_DOWN_MS, () => this.#end(run, 'ABORTED'));
  }

  /** Resolves when the run has ended, when `waitMs` are over, or when nobody listens any more. */
  waitForEnd(run: Run, waitMs: number, signal: AbortSignal): Promise<void> {
    if (isTerminal(run.status) || waitMs <= 0 || signal.aborted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiters = this.#waiters.get(run.id) ?? new Set();
    this.#waiters.set(run.id, waiters);
    const timer = this.#after(waitMs, resolve);
    waiters.add(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    return promise.finally(() => {
      waiters.delete(resolve);
      clearTimeout(timer);
      this.#timers.delete(timer);
    });
  }

  /** What the bill shows now: nothing while it runs, a part at its end, the whole some seconds later. */
  shownChargeMicros(run: Run): bigint {
    if (run.finishedAtMs === null) return 0n;
    const charge = BigInt(run.chargeMicros);
    const isSettled = Date.now() - run.finishedAtMs >= this.#costSettlesMs;
    return isSettled ? charge : (charge * EARLY_BILL_PERCENT) / 100n;
  }

  /** Takes over what an earlier process kept; runs that were under way go on. */
  restore(runs: Run[]): void {
    for (const run of runs) {
      this.#runs.set(run.id, run);
      if (!isTerminal(run.status)) this.#live(run);
    }
  }

  /** Stops all timers and lets go of everyone who waits. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const waiters of this.#waiters.values()) for (const resolve of waiters) resolve();
  }

  #live(run: Run): void {
    const readyMs = Math.min(run.durationMs * READY_SHARE, READY_MAX_MS);
    this.#after(readyMs, () => {
      if (run.status === 'READY') this.#become(run, 'RUNNING');
    });
    const timeoutMs = run.options.timeoutSecs * 1000;
    const ends = run.faults.find((fault) => ['hang', 'failed', 'timed_out', 'aborted'].includes(fault.kind))?.kind;
    const outlastsTimeout = ends === 'hang' || run.durationMs > timeoutMs;
    if (timeoutMs > 0 && outlastsTimeout) this.#after(timeoutMs, () => this.#timeOut(run));
    if (ends === 'hang') return;
    const outcome = ends === 'failed' ? 'FAILED' : ends === 'aborted' ? 'ABORTED' : 'SUCCEEDED';
    this.#after(run.durationMs, () => {
      if (run.status !== 'READY' && run.status !== 'RUNNING') return;
      if (ends === 'timed_out') this.#timeOut(run);
      else this.#end(run, outcome);
    });
  }

  #timeOut(run: Run): void {
    if (run.status !== 'READY' && run.status !== 'RUNNING') return;
    this.#become(run, 'TIMING-OUT');
    this.#after(WINDING_DOWN_MS, () => this.#end(run, 'TIMED-OUT'));
  }

  #end(run: Run, status: RunStatus): void {
    if (isTerminal(run.status)) return;
    const actor = actorByName(run.actorName);
    const rows = actor ? this.#rows(run, actor) : [];
    // What a run pushed before it was cut short stays in its dataset; one that failed never came that far.
    const pushed = status === 'SUCCEEDED' ? rows.length : status === 'FAILED' ? 0 : Math.floor(rows.length / 2);
    run.items = rows.slice(0, Math.min(pushed, itemsMax(run, actor)));
    run.billedResults = run.items.length;
    if (actor) {
      const byResults = BigInt(run.billedResults) * actor.pricePerResultMicros;
      const charge = byResults > actor.minimumChargeMicros ? byResults : actor.minimumChargeMicros;
      run.chargeMicros = charge.toString();
      this.#usage.charge(run.platform, run.billedResults, charge);
    }
    run.finishedAtMs = Date.now();
    this.#become(run, status);
    for (const resolve of this.#waiters.get(run.id) ?? []) resolve();
    this.#waiters.delete(run.id);
  }

  #rows(run: Run, actor: Actor): Row[] {
    const prepared = actor.prepare(run.input);
    if ('problem' in prepared) return [];
    const random = seededRandom('items', run.id);
    let rows = prepared.scrape(this.#catalogue);
    for (const fault of run.faults) {
      const kind = ITEM_FAULTS.find((itemFault): itemFault is ItemFault => itemFault === fault.kind);
      if (kind) rows = spoilRows(rows, { kind, share: fault.share, metric: fault.metric }, run.platform, random);
    }
    return rows;
  }

  #become(run: Run, status: RunStatus): void {
    run.status = status;
    this.#onChange();
  }

  #after(delayMs: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        act();
      },
      Math.min(delayMs, TIMER_MAX_MS),
    );
    this.#timers.add(timer);
    return timer;
  }

  #forgetOldest(): void {
    for (const run of this.#runs.values()) {
      if (this.#runs.size <= RUNS_MAX) return;
      if (isTerminal(run.status)) this.#runs.delete(run.id);
    }
  }
}

/** Results at which a run stops because its starter would not pay for more. */
function itemsMax(run: Run, actor: Actor | undefined): number {
  const { maxItems, maxTotalChargeUsd } = run.options;
  const byCount = maxItems ?? Number.POSITIVE_INFINITY;
  if (maxTotalChargeUsd === undefined || !actor) return byCount;
  return Math.min(byCount, Math.floor((maxTotalChargeUsd * 1_000_000) / Number(actor.pricePerResultMicros) + 1e-9));
}

/** 17 letters and digits, as the platform makes them. */
function newId(): string {
  return randomBytes(32).toString('base64').replace(/[+/=]/g, '').slice(0, 17);
}
