import { z } from 'zod';
import { SOCKET_LIMITS } from '../apps/tracker/src/sockets/socket-limits.ts';
import type { Bench, BenchOptions } from './harness/benchmark.ts';
import { median } from './harness/quantile.ts';
import { startWorker, type Worker } from './harness/worker.ts';
import { CAMPAIGN_ID } from './sockets/campaign-event.ts';

const KINDS = ['raw', 'stock', 'clipmeter'] as const;
type Kind = (typeof KINDS)[number];

/** One way of serving, with its sockets open, and what its rounds have cost. */
interface Served {
  readonly kind: Kind;
  readonly server: Worker;
  readonly clients: Worker;
  readonly rssPerSocketKb: number;
  /** CPU microseconds a delivery, a round each. */
  readonly cpu: number[];
}

const DELIVERIES_PER_ROUND = 10_000;
const DELIVERIES_TINY = 400;
const PAGE_BYTES = 4_096;
const SUBSCRIBE = JSON.stringify({
  id: 'ID',
  method: 'subscription',
  params: { path: 'live.campaign', input: { json: { id: CAMPAIGN_ID } } },
}).replace('"ID"', 'ID');

/**
 * What it costs the server to tell one event to every socket of a topic: `ws` with one serialisation, tRPC as it comes,
 * and this; the three take turns, each in a process of its own, with its clients in another.
 */
export const run: Bench = async (options) => {
  const rows = [];
  const figures: Record<string, number> = {};
  for (const sockets of options.tiny ? [40] : options.small ? [200] : [1_000, 5_000]) {
    const served = await measure(sockets, options);
    const of = (kind: Kind) => {
      const found = served.find((each) => each.kind === kind);
      if (found === undefined) throw new Error(`${kind} was not measured`);
      return found;
    };
    for (const { kind, cpu, rssPerSocketKb } of served) {
      rows.push({
        sockets,
        server: kind,
        'cpu µs/delivery': round(median(cpu)),
        'rss KB/socket': round(rssPerSocketKb),
      });
    }
    // Ratios within a round, so that what else the machine does meanwhile weighs on both.
    const ratio = (kind: Kind) =>
      round(median(of('clipmeter').cpu.map((cost, index) => cost / (of(kind).cpu[index] ?? 0))));
    // The largest size is the one that the aims are about.
    figures['cpuVsRaw'] = ratio('raw');
    figures['cpuVsStock'] = round(1 / ratio('stock'));
    figures['rssVsRaw'] = round(of('clipmeter').rssPerSocketKb / of('raw').rssPerSocketKb);
    rows.push({ sockets, server: 'ratios', ...figures });
    options.say(JSON.stringify(figures));
  }
  return { rows, figures };
};

async function measure(sockets: number, { small, tiny, say }: BenchOptions): Promise<Served[]> {
  const served: Served[] = [];
  try {
    for (const kind of KINDS) {
      served.push(await serve(kind, sockets));
      say(`${sockets} sockets on ${kind}`);
    }
    const deliveries = tiny ? DELIVERIES_TINY : DELIVERIES_PER_ROUND;
    for (const each of served) await tell(each, sockets, deliveries);
    const rounds = tiny ? 1 : small ? 3 : 7;
    for (let round = 0; round < rounds; round += 1) {
      // Each goes first in turn.
      for (let turn = 0; turn < KINDS.length; turn += 1) {
        const each = served[(round + turn) % KINDS.length];
        if (each !== undefined) each.cpu.push(await tell(each, sockets, deliveries));
      }
    }
    return served;
  } finally {
    await Promise.all(served.flatMap(({ server, clients }) => [server.stop(), clients.stop()]));
  }
}

async function serve(kind: Kind, sockets: number): Promise<Served> {
  const server = startWorker(new URL('./sockets/fanout-server.ts', import.meta.url), [kind]);
  const clients = startWorker(new URL('./sockets/load-client.ts', import.meta.url));
  const ask = async (question: string) => z.number().parse(await server.ask(question));
  const port = await ask('port');
  // Behind as many others, as far as the tracker's limit allows: what the first load, compile and fill is not a socket's.
  const others = Math.min(sockets, SOCKET_LIMITS.socketsMax / 2);
  const measured = Math.min(sockets, SOCKET_LIMITS.socketsMax - others);
  await clients.ask('open', { port, sockets: others, ...greeting(kind) });
  const before = await ask('rssBytes');
  await clients.ask('open', { port, sockets: measured, ...greeting(kind) });
  // The system counts in pages: a few sockets may seem to cost nothing.
  const rssPerSocketKb = Math.max(PAGE_BYTES, (await ask('rssBytes')) - before) / 1_024 / measured;
  await clients.ask('close', others + measured - sockets);
  return { kind, server, clients, rssPerSocketKb, cpu: [] };
}

/** What a client sends first, and how many frames it gets before the first event. */
function greeting(kind: Kind): { subscribe: string; framesFirst: number } {
  if (kind === 'raw') return { subscribe: '', framesFirst: 0 };
  // tRPC says "started"; ours, asked without a cursor, says "reset" too.
  return { subscribe: SUBSCRIBE, framesFirst: kind === 'stock' ? 1 : 2 };
}

/** One round of events. Answers the server's CPU microseconds a delivery. */
async function tell({ server, clients }: Served, sockets: number, deliveries: number): Promise<number> {
  const events = Math.ceil(deliveries / sockets);
  let microseconds = 0;
  for (let event = 0; event < events; event += 1) {
    const delivered = clients.ask('expect', sockets);
    await server.ask('publish');
    await delivered;
    microseconds += z.number().parse(await server.ask('cpuMicroseconds'));
  }
  return microseconds / (sockets * events);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
