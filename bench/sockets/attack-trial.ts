import { z } from 'zod';
import type { Worker } from '../harness/worker.ts';

/** What honest clients saw, and how the server did meanwhile. */
export interface Stretch {
  readonly latenciesMs: readonly number[];
  /** How long the server's event loop was held at worst, 99 of 100 looks. The mean of its turns. */
  readonly loopP99Ms: number;
  /** What the server used of the processor, and in how long. */
  readonly cpuMs: number;
  readonly tookMs: number;
}

export interface AttackTrial {
  readonly baseline: Stretch;
  readonly attacked: Stretch;
  /** The same attack, on a bare `ws` on this machine. */
  readonly elsewhere: Stretch;
  readonly attempts: number;
  /** What one attempt costs the server, beyond what it does anyhow. */
  readonly cpuMsPerAttempt: number;
  readonly revokedClosedMs: number | null;
}

export interface AttackTrialDeps {
  readonly attacker: Worker;
  readonly server: Worker;
  readonly port: number;
  readonly barePort: number;
  measure(ms: number): Promise<number[]>;
}

const loadSchema = z.object({ loopP99Ms: z.number(), cpuMs: z.number() });
const reportSchema = z.object({ attempts: z.number(), revokedClosedMs: z.number().nullable() });

/** Stretches without, with, and with the attack elsewhere take turns: whatever else the machine does weighs on all. */
export function createAttackTrial({ attacker, server, port, barePort, measure }: AttackTrialDeps) {
  async function stretch(turnMs: number): Promise<Stretch> {
    await server.ask('load');
    const startedAt = performance.now();
    const latenciesMs = await measure(turnMs);
    const { loopP99Ms, cpuMs } = loadSchema.parse(await server.ask('load'));
    return { latenciesMs, loopP99Ms, cpuMs, tookMs: performance.now() - startedAt };
  }

  async function attackOn(attack: { name: string; port: number }, turnMs: number) {
    await attacker.ask('start', attack);
    const seen = await stretch(turnMs);
    return { seen, report: reportSchema.parse(await attacker.ask('stop')) };
  }

  return async (name: string, { turns, turnMs }: { turns: number; turnMs: number }): Promise<AttackTrial> => {
    const [baseline, attacked, elsewhere]: [Stretch[], Stretch[], Stretch[]] = [[], [], []];
    const reports = [];
    for (let turn = 0; turn < turns; turn += 1) {
      baseline.push(await stretch(turnMs));
      const here = await attackOn({ name, port }, turnMs);
      attacked.push(here.seen);
      reports.push(here.report);
      elsewhere.push((await attackOn({ name, port: barePort }, turnMs)).seen);
    }
    const revoked = reports.map((report) => report.revokedClosedMs).filter((ms) => ms !== null);
    const [calm, under] = [joined(baseline), joined(attacked)];
    const attempts = reports.reduce((sum, report) => sum + report.attempts, 0);
    return {
      baseline: calm,
      attacked: under,
      elsewhere: joined(elsewhere),
      attempts,
      cpuMsPerAttempt: (under.cpuMs - (calm.cpuMs * under.tookMs) / calm.tookMs) / attempts,
      revokedClosedMs: revoked.length === 0 ? null : Math.max(...revoked),
    };
  };
}

function joined(turns: readonly Stretch[]): Stretch {
  const sum = (pick: (stretch: Stretch) => number) => turns.reduce((total, each) => total + pick(each), 0);
  return {
    latenciesMs: turns.flatMap((each) => each.latenciesMs),
    loopP99Ms: sum((each) => each.loopP99Ms) / turns.length,
    cpuMs: sum((each) => each.cpuMs),
    tookMs: sum((each) => each.tookMs),
  };
}
