import { parseArgs } from 'node:util';
import { mutate } from '@clipmeter/testing/mutate';
import { copyDatabase, type TestDatabase } from '@clipmeter/testing/scratch-database';
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
  const openDatabase = () => copyDatabase(postgres.url);
  if (values.mutate) await tellMutations(openDatabase);
  const passed =
    values.mutate ||
    (await soak(openDatabase, {
      minutes: Number(values.minutes ?? 5),
      seed: Number(values.seed ?? Date.now() % 1_000_000),
      say: console.log,
      signal: stopping.signal,
    }));
  if (!passed) process.exitCode = 1;
} catch (error) {
  console.error(stopping.signal.aborted ? 'Stopped.' : error);
  process.exitCode = 1;
} finally {
  await postgres.stop();
}

/** Says for each lock, key and check that guards money which test fails without it. */
async function tellMutations(openDatabase: () => Promise<TestDatabase>): Promise<void> {
  let noticed = 0;
  const unnoticed: string[] = [];
  for await (const { mutation, noticedBy } of mutate(openDatabase)) {
    stopping.signal.throwIfAborted();
    console.log(`without ${mutation} → ${noticedBy === null ? 'NOT NOTICED' : `noticed by: ${noticedBy}`}`);
    if (noticedBy === null) unnoticed.push(mutation);
    else noticed += 1;
  }
  console.log(`${noticed} noticed, ${unnoticed.length} not noticed${unnoticed.map((name) => `\n  ${name}`).join('')}`);
  if (unnoticed.length > 0) process.exitCode = 1;
}
