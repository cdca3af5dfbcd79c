import { parseArgs } from 'node:util';
import { copyDatabase } from '@clipmeter/testing/scratch-database';
import { startTestPostgres } from '@clipmeter/testing/test-postgres';
import { soak } from './stack/soak.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, mutate: { type: 'boolean', default: false } },
});
const stopping = new AbortController();
for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.once(event, () => stopping.abort(new Error('stopped')));

console.log('Starting a Postgres of its own.');
const postgres = await startTestPostgres();
try {
  const passed = await soak(() => copyDatabase(postgres.url), {
    minutes: Number(values.minutes ?? 5),
    seed: Number(values.seed ?? Date.now() % 1_000_000),
    say: console.log,
    signal: stopping.signal,
  });
  process.exitCode = passed ? 0 : 1;
} catch (error) {
  console.error(stopping.signal.aborted ? 'Stopped.' : error);
  process.exitCode = 1;
} finally {
  await postgres.stop();
}
