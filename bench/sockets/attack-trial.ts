import { z } from 'zod';
import type { Worker } from '../harness/worker.ts';

/** What honest clients saw, and how the server did meanwhile. */
export interface Stretch {
  readonly latenciesMs: readonly number[];
  /** How long the server's event loop was held at worst, 99 of 100 looks. The mean of its turns. */
  readonly loopP99Ms: number;
  /** Of one core. The mean of its turns. */
  readonly cpuShare: number;
}

export interface AttackTrial {
  readonly baseline: Stretch;
  readonly attacked: Stretch;
  /** The same attack, on a bare `ws` on this machine. */
  readonly elsewhere: Stretch;
  readonly attempts: number;
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
    return { latenciesMs, loopP99Ms, cpuShare: cpuMs / (performance.now() - startedAt) };
  }

  async function under(attack: { name: string; port: number }, turnMs: number) {
    await attacker.ask('start', attack);
    const seen = await stretch(turnMs);
    return { seen, report: reportSchema.parse(await attacker.ask('stop')) };
  }

  return async (name: string, { turns, turnMs }: { turns: number; turnMs: number }): Promise<AttackTrial> => {
    const [baseline, attacked, elsewhere]: [Stretch[], Stretch[], Stretch[]] = [[], [], []];
    const reports = [];
    for (let turn = 0; turn < turns; turn += 1) {
      baseline.push(await stretch(turnMs));
      const here = await under({ name, port }, turnMs);
      attacked.push(here.seen);
      reports.push(here.report);
      elsewhere.push((await under({ name, port: barePort }, turnMs)).seen);
    }
    const revoked = reports.map((report) => report.revokedClosedMs).filter((ms) => ms !== null);
    return {
      baseline: joined(baseline),
      attacked: joined(attacked),
      elsewhere: joined(elsewhere),
      attempts: reports.reduce((sum, report) => sum + report.attempts, 0),
      revokedClosedMs: revoked.length === 0 ? null : Math.max(...revoked),
    };
  };
}

function joined(turns: readonly Stretch[]): Stretch {
  const mean = (pick: (stretch: Stretch) => number) => turns.reduce((sum, each) => sum + pick(each), 0) / turns.length;
  return {
    latenciesMs: turns.flatMap((each) => each.latenciesMs),
    loopP99Ms: mean((each) => each.loopP99Ms),
    cpuShare: mean((each) => each.cpuShare),
  };
}
