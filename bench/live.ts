import { createPool, type Pool } from '@clipmeter/db/connect';
import { createWorld, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { z } from 'zod';
import { startBenchPostgres } from './harness/bench-postgres.ts';
import type { Bench } from './harness/benchmark.ts';
import { median, quantile } from './harness/quantile.ts';
import { startWorker, type Worker } from './harness/worker.ts';
import { createAttackTrial, type Stretch } from './sockets/attack-trial.ts';
import { ATTACKS } from './sockets/attacks.ts';
import { probe } from './sockets/probe.ts';

const STOCK_CLIENTS = 20;
const PARTS = 5;
const CAMPAIGNS = 10;
const CLIPS_PER_CAMPAIGN = 10;
/** A settlement of every campaign, told to every socket. */
const SETTLE_EVERY_MS = 1_000;

const FULL = { sockets: 2_000, warmUpMs: 2_000, calmMs: 20_000, turns: 4, turnMs: 2_000 };
const SMALL = { sockets: 200, warmUpMs: 2_000, calmMs: 3_000, turns: 2, turnMs: 2_000 };
const TINY = { sockets: 30, warmUpMs: 0, calmMs: 100, turns: 1, turnMs: 50 };

/**
 * From the writing of an event, a moment before its commit, to the callback of tRPC's own client, while settlements run
 * and every socket follows every campaign. Then the same under each attack, in turns with its own baseline and with the
 * same attack on somebody else's server on this machine.
 */
export const run: Bench = async ({ small, tiny = false, say }) => {
  const { sockets, warmUpMs, calmMs, turns, turnMs } = tiny ? TINY : small ? SMALL : FULL;
  const postgres = await startBenchPostgres();
  const workers: Worker[] = [];
  const pools: Pool[] = [];
  try {
    const { url } = await postgres.createDatabase('live');
    const pool = createPool({ url, max: 4, applicationName: 'bench' });
    pools.push(pool);
    const start = (file: URL, args: string[] = []) => {
      const worker = startWorker(file, args);
      workers.push(worker);
      return worker;
    };
    const server = start(new URL('./sockets/live-server.ts', import.meta.url), [url]);
    const bare = start(new URL('./sockets/bare-server.ts', import.meta.url));
    const crowd = start(new URL('./sockets/load-client.ts', import.meta.url));
    const clients = start(new URL('./sockets/stock-clients.ts', import.meta.url));
    const attacker = start(new URL('./sockets/attacker.ts', import.meta.url), [url]);
    const port = z.number().parse(await server.ask('port'));
    const barePort = z.number().parse(await bare.ask('port'));
    // The clients stand here and there in the crowd: who came first is written to first.
    for (let part = 0; part < PARTS; part += 1) {
      const crowded = Math.floor((sockets - STOCK_CLIENTS) / PARTS);
      await crowd.ask('open', { port, sockets: crowded, subscribe: SUBSCRIBE, framesFirst: 2 });
      const firstCookie = 900_000 + part * STOCK_CLIENTS;
      await clients.ask('open', { port, clients: STOCK_CLIENTS / PARTS, firstCookie });
    }
    say(`${sockets} sockets`);

    const settling = await settleMeanwhile(pool);
    try {
      const measureStages = (ms: number) => probe({ pool, server, clients }, ms);
      const measure = async (ms: number) => (await measureStages(ms)).heard;
      await measure(warmUpMs);
      const stages = await measureStages(calmMs);
      const calm = stages.heard;
      const rows: Record<string, string | number>[] = [
        rowOf('committed', { latenciesMs: stages.committed }),
        rowOf('read by the follower', { latenciesMs: stages.read }),
        rowOf('written to the last socket', { latenciesMs: stages.sent }),
        rowOf('at the callback, settlements running', { latenciesMs: calm }),
      ];
      const ratios = [];
      const elsewhereRatios = [];
      const revoked = [];
      const tryAttack = createAttackTrial({ attacker, server, measure, port, barePort });
      for (const { name } of tiny ? ATTACKS.slice(-2) : ATTACKS) {
        const trial = await tryAttack(name, { turns, turnMs });
        const ratio = p99Ratio(trial.attacked, trial.baseline);
        const elsewhere = p99Ratio(trial.elsewhere, trial.baseline);
        ratios.push(ratio);
        elsewhereRatios.push(elsewhere);
        if (trial.revokedClosedMs !== null) revoked.push(trial.revokedClosedMs);
        rows.push({
          ...rowOf(name, trial.attacked),
          ...{ '× baseline': ratio, '× if elsewhere': elsewhere },
          'CPU ms/attempt': Math.round(trial.cpuMsPerAttempt * 10) / 10,
        });
        say(`${name}: ${ratio} (elsewhere ${elsewhere}), ${trial.attempts} attempts`);
      }
      const figures = {
        p50Ms: median(calm),
        p99Ms: quantile(calm, 0.99),
        attackedP99VsBaseline: Math.max(...ratios),
        attackedElsewhereVsBaseline: Math.max(...elsewhereRatios),
        revokedClosedMs: revoked.length === 0 ? null : Math.max(...revoked),
      };
      return { rows, figures };
    } finally {
      await settling.stop();
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.all(pools.map((pool) => pool.end()));
    await postgres.stop();
  }
};

const SUBSCRIBE = '{"id":ID,"method":"subscription","params":{"path":"live.campaigns","input":{"json":{}}}}';

function p99Ratio(one: Stretch, other: Stretch): number {
  const ratio = quantile(one.latenciesMs, 0.99) / Math.max(1, quantile(other.latenciesMs, 0.99));
  return Math.round(ratio * 100) / 100;
}

function rowOf(what: string, { latenciesMs, loopP99Ms }: Partial<Stretch>): Record<string, string | number> {
  const row = { what, 'p50 ms': median(latenciesMs ?? []), 'p99 ms': quantile(latenciesMs ?? [], 0.99) };
  return loopP99Ms === undefined ? row : { ...row, 'loop p99 ms': Math.round(loopP99Ms) };
}

/** Real settlements, one a second over all clips, each of which tells every campaign's followers. */
async function settleMeanwhile(pool: Pool): Promise<{ stop(): Promise<void> }> {
  const world = createWorld(pool);
  const clips: WorldClip[] = [];
  for (let campaign = 0; campaign < CAMPAIGNS; campaign += 1) {
    const campaignId = await world.addCampaign({ budget: '1000000', rate: '1' });
    for (let clip = 0; clip < CLIPS_PER_CAMPAIGN; clip += 1) clips.push(await world.submitClip(campaignId));
  }
  const stopping = new AbortController();
  const settling = settleUntil(stopping.signal, world, clips);
  return {
    async stop() {
      stopping.abort();
      await settling;
    },
  };
}

async function settleUntil(signal: AbortSignal, world: World, clips: readonly WorldClip[]): Promise<void> {
  for (let views = 1_000n; !signal.aborted; views += 1_000n) {
    await world.read(clips.map((clip) => [clip, { plays: views }]));
    await new Promise((resolve) => setTimeout(resolve, SETTLE_EVERY_MS));
  }
}
