import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { type Logger, pino } from 'pino';
import { mountApifyApi } from '#src/http/apify-api.ts';
import { mountControlApi } from '#src/http/control-api.ts';
import { json } from '#src/http/exchange.ts';
import { drawPicture } from '#src/http/picture.ts';
import { Router } from '#src/http/router.ts';
import { createHttpServer } from '#src/http/server.ts';
import { mountYoutubeApi } from '#src/http/youtube-api.ts';
import { mountPage } from '#src/page/mount-page.ts';
import { loadWorld, StateFile } from '#src/state-file.ts';
import { SimulatorStore } from '#src/store.ts';

/** The clock is read at least this often, so that a longer gap can only be sleep. */
const CLOCK_READ_EVERY_MS = 250;

export interface SimulatorOptions {
  /** 0: any free port. */
  port?: number;
  host?: string;
  /** Where the world is kept between processes; without it the world ends with the process. */
  stateFile?: string;
  /** Simulated seconds in a real one; unless said, as the state file has it, or 1. */
  speed?: number;
  seed?: string | number;
  /** The only API token accepted; without it any token will do, but one is required. */
  token?: string;
  /** About how long a run takes. */
  runDurationMs?: number;
  /** How long after its end a run's cost is final. */
  costSettlesMs?: number;
  /** The YouTube Data API's quota. */
  youtubeUnitsADay?: number;
  log?: Logger;
}

export interface Simulator {
  url: string;
  store: SimulatorStore;
  /** Saves the world and hangs up on everyone. */
  stop(): Promise<void>;
}

/** Starts the stand-in for the platforms and answers once it listens. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const log = options.log ?? pino({ level: 'silent' });
  const store = new SimulatorStore({
    seed: String(options.seed ?? 'clipmeter'),
    speed: options.speed ?? 1,
    runDurationMs: options.runDurationMs ?? 1_500,
    costSettlesMs: options.costSettlesMs ?? 10_000,
  });
  const { stateFile } = options;
  if (stateFile !== undefined) {
    await mkdir(dirname(stateFile), { recursive: true });
    const world = await loadWorld(stateFile);
    if (world) store.restore(world);
    if (world && options.speed === undefined) store.clock.setSpeed(world.speed);
  }

  const router = new Router().on('GET', '/health', () => json(200, { status: 'ok' }));
  router.on('GET', '/picture', ({ query }) => {
    const of = query.get('of');
    if (of === null) return json(404, { error: { type: 'page-not-found', message: 'Say of what.' } });
    return { kind: 'bytes', status: 200, bytes: drawPicture(of), contentType: 'image/png' };
  });
  mountApifyApi(router, store, options.token);
  mountYoutubeApi(router, store, options.youtubeUnitsADay ?? 10_000);
  mountControlApi(router, store);
  await mountPage(router, store);

  const server = createHttpServer(router, log);
  const host = options.host ?? '127.0.0.1';
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(options.port ?? 0, host, listening.resolve);
  try {
    await listening.promise;
  } catch (error) {
    store.runs.stop();
    throw error;
  }
  const port = portOf(server.address());

  const clockReader = setInterval(() => store.clock.now(), CLOCK_READ_EVERY_MS);
  const keeper = stateFile === undefined ? undefined : new StateFile(stateFile, store, log);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    store,
    async stop() {
      clearInterval(clockReader);
      store.runs.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await keeper?.stop();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
