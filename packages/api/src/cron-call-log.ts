import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Pool } from '@clipmeter/db/connect';
import { type CronCallOutcome, type CronCalls, countCronCalls } from '@clipmeter/db/cron-calls';

const AGENT_MAX = 200;
const PAUSE_MS = 1_000;

export interface CronCallLogDeps {
  readonly pool: Pool;
  now(): Date;
  /** One structured line. */
  log(message: string, fields: Record<string, unknown>): void;
  logError(message: string, fields: { error: unknown }): void;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Keeps every call of the trigger, in the log and in Postgres. */
export interface CronCallLog {
  /** Never waits and never throws: anybody may call, and nobody may be held up by it. */
  record(outcome: CronCallOutcome, agent: string | null): void;
  /** Resolves when everything recorded so far is written. */
  idle(): Promise<void>;
}

/**
 * A call is written at once when it is quiet. In a flood only one write is under way at a time and the calls that come
 * meanwhile are counted into the next, a second later: one connection and a line a second, however many call.
 */
export function createCronCallLog(deps: CronCallLogDeps): CronCallLog {
  const sleep = deps.sleep ?? ((ms) => sleepFor(ms, undefined, { ref: false }));
  let waiting = new Map<CronCallOutcome, CronCalls>();
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    while (waiting.size > 0) {
      const counted = [...waiting.values()];
      waiting = new Map();
      for (const { outcome, calls, lastAgent } of counted)
        deps.log('view tracking was called', { outcome, calls, agent: lastAgent });
      try {
        await countCronCalls(deps.pool, counted);
      } catch (error) {
        deps.logError('calls of view tracking could not be counted', { error });
      }
      await sleep(PAUSE_MS);
    }
    writing = null;
  }

  return {
    record(outcome, agent) {
      const calls = (waiting.get(outcome)?.calls ?? 0) + 1;
      waiting.set(outcome, { outcome, calls, lastSeen: deps.now(), lastAgent: agent?.slice(0, AGENT_MAX) ?? null });
      writing ??= write();
    },
    async idle() {
      while (writing !== null) await writing;
    },
  };
}
