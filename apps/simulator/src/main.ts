import { pino } from 'pino';
import { type Env, readEnv } from '#src/env.ts';
import { type SimulatorOptions, startSimulator } from '#src/simulator.ts';

try {
  await main(readEnv(process.env));
} catch (error) {
  process.stderr.write(`simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function main(env: Env): Promise<void> {
  const log = pino({ name: 'simulator', level: env.LOG_LEVEL });
  const options: SimulatorOptions = {
    port: env.SIMULATOR_PORT,
    host: env.HOST,
    seed: env.SIMULATOR_SEED,
    runDurationMs: env.SIMULATOR_RUN_MS,
    youtubeUnitsADay: env.SIMULATOR_YOUTUBE_UNITS,
    log,
  };
  if (env.SIMULATOR_STATE !== undefined) options.stateFile = env.SIMULATOR_STATE;
  if (env.SIMULATOR_SPEED !== undefined) options.speed = env.SIMULATOR_SPEED;
  const simulator = await startSimulator(options);
  log.info({ url: simulator.url, speed: simulator.store.clock.speed }, 'listening');

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    simulator.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'state not saved');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
