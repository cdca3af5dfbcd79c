import { parseArgs } from 'node:util';
import { MUTATIONS, mutate } from '@clipmeter/testing/mutate';
import { copyDatabase, type TestDatabase } from '@clipmeter/testing/scratch-database';
import { startTestPostgres } from '@clipmeter/testing/test-postgres';
import { TRACKER_LOCK_PROBES } from '../apps/tracker/src/lock-probes.fixture.ts';
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
  const unnoticed: string[] = [];
  let told = 0;
  for await (const { mutation, noticedBy } of mutate(openDatabase, TRACKER_LOCK_PROBES)) {
    stopping.signal.throwIfAborted();
    told += 1;
    const place = `${told}/${MUTATIONS}`.padStart(2 * String(MUTATIONS).length + 1);
    console.log(`${place}  without ${mutation.padEnd(56)}  ${noticedBy ?? 'NOT NOTICED'}`);
    if (noticedBy === null) unnoticed.push(mutation);
  }
  const list = unnoticed.map((name) => `\n  ${name}`).join('');
  console.log(`${told} taken away, ${told - unnoticed.length} noticed, ${unnoticed.length} not noticed${list}`);
  if (unnoticed.length > 0) process.exitCode = 1;
}
