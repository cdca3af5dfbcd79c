import { addCoverage } from '@clipmeter/testing/history-coverage';
import { randomOf } from '@clipmeter/testing/random';
import type { TestDatabase } from '@clipmeter/testing/scratch-database';
import { FAULT_POINT_NAMES, type FaultPointName } from '../../apps/tracker/src/fault-points.ts';
import { runKillHistory } from '../../apps/tracker/src/kill-history.fixture.ts';

const POINTS_A_HISTORY = 6;
/** A history takes a minute, on a busy machine some; one that takes this long has lost its way, a difference too. */
const HISTORY_LIMIT_MS = 15 * 60_000;
const LINE_EVERY_MS = 60_000;

export interface SoakOptions {
  readonly minutes: number;
  /** Of the first history; each that follows has the next. */
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs one history of killed trackers after the other, each in a database of its own, and says once a minute how far it
 * is. False at the first difference, with the seed that shows it.
 */
export async function soak(openDatabase: () => Promise<TestDatabase>, options: SoakOptions): Promise<boolean> {
  const { say, signal } = options;
  const endsAt = performance.now() + options.minutes * 60_000;
  const total = { histories: 0, kills: 0, restarts: 0, credits: 0, differences: 0 };
  const killed = new Map<FaultPointName, number>();
  const coverage = new Map<string, number>();
  const tell = () =>
    say(
      Object.entries(total)
        .map(([what, count]) => `${what} ${count}`)
        .join(', '),
    );
  const lines = setInterval(tell, LINE_EVERY_MS);
  try {
    for (let seed = options.seed; performance.now() < endsAt && !signal.aborted; seed += 1) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(HISTORY_LIMIT_MS)]);
      const database = await openDatabase();
      try {
        const report = await runKillHistory(database, { seed, points: pointsOf(seed), signal: limit });
        for (const { point } of report.kills) killed.set(point, (killed.get(point) ?? 0) + 1);
        addCoverage(coverage, report.coverage);
        total.histories += 1;
        total.kills += report.kills.length;
        total.restarts += report.restarts;
        total.credits += report.credits;
        total.differences += report.differences.length;
        const [first] = report.differences;
        if (first !== undefined) say(`history ${seed} differs: ${first}`);
      } catch (error) {
        if (signal.aborted) throw error;
        total.differences += 1;
        say(`history ${seed} came to no end: ${error instanceof Error ? error.message : error}`);
        return false;
      } finally {
        await database.drop();
      }
      if (total.differences > 0) return false;
    }
    return true;
  } finally {
    clearInterval(lines);
    tell();
    for (const name of FAULT_POINT_NAMES) say(`  killed at ${name}: ${killed.get(name) ?? 0}`);
    for (const [name, count] of coverage) say(`  ${name}: ${count}`);
  }
}

/** Points of one history: over a few seeds all of them come up. */
function pointsOf(seed: number): FaultPointName[] {
  const random = randomOf(seed);
  const left = [...FAULT_POINT_NAMES];
  return Array.from({ length: POINTS_A_HISTORY }, () => {
    const point = random.pick(left);
    left.splice(left.indexOf(point), 1);
    return point;
  });
}
