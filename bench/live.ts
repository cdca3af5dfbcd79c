import { createPool, type Pool } from '@clipmeter/db/connect';
import { appendEvents } from '@clipmeter/db/event-log';
import { withTransaction } from '@clipmeter/db/transaction';
import { createWorld, type World, type WorldClip } from '@clipmeter/testing/settlement-world';
import { z } from 'zod';
import { startBenchPostgres } from './harness/bench-postgres.ts';
import type { Bench } from './harness/benchmark.ts';
import { median, quantile } from './harness/quantile.ts';
import { startWorker, type Worker } from './harness/worker.ts';
import { ATTACKS } from './sockets/attacks.ts';
import { campaignChanged, TOPIC } from './sockets/campaign-event.ts';

const STOCK_CLIENTS = 20;
const CAMPAIGNS = 10;
const CLIPS_PER_CAMPAIGN = 10;
const PROBE_EVERY_MS = 50;
/** A settlement of every campaign, told to every socket. */
const SETTLE_EVERY_MS = 1_000;

/**
 * From the writing of an event, a moment before its commit, to the callback of tRPC's own client, while settlements run
 * and every socket follows every campaign. Then the same under each attack, in turns with its own baseline.
 */
export const run: Bench = async ({ small, say }) => {
  const sockets = small ? 200 : 2_000;
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
    const crowd = start(new URL('./sockets/load-client.ts', import.meta.url));
    const clients = start(new URL('./sockets/stock-clients.ts', import.meta.url));
    const attacker = start(new URL('./sockets/attacker.ts', import.meta.url));
    const port = z.number().parse(await server.ask('port'));
    await crowd.ask('open', { port, sockets: sockets - STOCK_CLIENTS, subscribe: SUBSCRIBE, framesFirst: 2 });
    await clients.ask('open', { port, clients: STOCK_CLIENTS, firstCookie: 900_000 });
    say(`${sockets} sockets`);

    const settling = await settleMeanwhile(pool);
    try {
      const measure = (ms: number) => probe(pool, clients, ms);
      await measure(2_000); // warms up
      const calm = await measure(small ? 3_000 : 20_000);
      const rows: Record<string, string | number>[] = [rowOf('settlements running', calm)];
      const ratios = [];
      for (const { name } of ATTACKS) {
        const attack = { start: () => attacker.ask('start', { name, port }), stop: () => attacker.ask('stop') };
        const { baseline, attacked } = await compare(attack, measure, small ? 1 : 4);
        const ratio = quantile(attacked, 0.99) / Math.max(1, quantile(baseline, 0.99));
        ratios.push(ratio);
        rows.push({ ...rowOf(name, attacked), 'p99 vs baseline': Math.round(ratio * 100) / 100 });
        say(`${name}: ${ratio.toFixed(2)}`);
      }
      const figures = {
        p50Ms: median(calm),
        p99Ms: quantile(calm, 0.99),
        attackedP99VsBaseline: Math.round(Math.max(...ratios) * 100) / 100,
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

/** Stretches with and without the attack take turns, so that whatever else the machine does weighs on both. */
async function compare(
  attack: { start(): Promise<unknown>; stop(): Promise<unknown> },
  measure: (ms: number) => Promise<number[]>,
  turns: number,
) {
  const [baseline, attacked]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    baseline.push(...(await measure(2_000)));
    await attack.start();
    attacked.push(...(await measure(2_000)));
    await attack.stop();
  }
  return { baseline, attacked };
}

/** Writes probes for so long. Answers how many ms after its writing each reached each stock client. */
async function probe(pool: Pool, clients: Worker, durationMs: number): Promise<number[]> {
  await clients.ask('latencies');
  const until = performance.now() + durationMs;
  for (let version = 1; performance.now() < until; version += 1) {
    await withTransaction(pool, (tx) => {
      const payload = { ...campaignChanged(version), completedAt: new Date().toISOString() };
      return appendEvents(tx, [{ topic: TOPIC, type: 'campaign.changed', payload }]);
    });
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  return z.array(z.number()).parse(await clients.ask('latencies'));
}

function rowOf(what: string, ms: readonly number[]): Record<string, string | number> {
  return { what, deliveries: ms.length, 'p50 ms': median(ms), 'p99 ms': quantile(ms, 0.99) };
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
