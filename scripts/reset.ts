import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { removeEmbeddedPostgres } from '@clipmeter/db/embedded-postgres';
import { stateDir } from './stack/checkout.ts';
import { postgresDataDir } from './stack/kept-postgres.ts';
import { findRunning } from './stack/run-lock.ts';

// What a start made and the next one makes again. Secrets stay: browsers remember the demo's passwords.
const removed = ['simulator.json', 'logs'];

process.exitCode = await reset();

async function reset(): Promise<number> {
  const running = findRunning();
  if (running) {
    console.error(`Clipmeter runs, at ${running.address}. Stop it first (Ctrl-C in its terminal).`);
    return 1;
  }
  if (!(await confirmed())) {
    console.log('Nothing was changed.');
    return 1;
  }
  await removeEmbeddedPostgres(postgresDataDir, console.log);
  for (const name of removed) await rm(join(stateDir, name), { recursive: true, force: true });
  console.log('Done. The next npm start begins afresh.');
  return 0;
}

async function confirmed(): Promise<boolean> {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY) {
    console.error(
      'This deletes all data of the embedded database. To do so without being asked: npm run reset -- --yes',
    );
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    'Delete all data of the embedded database? A DATABASE_URL of yours is not touched. [y/N] ',
  );
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
