import { takeBackup } from '@clipmeter/db/base-backup';
import { namedFolder } from './stack/backup-folder.ts';
import { KeptPostgres } from './stack/kept-postgres.ts';
import { findRunning } from './stack/run-lock.ts';
import { localSecrets } from './stack/secrets.ts';
import { OWN_DATABASE, readPorts, StartError } from './stack/settings.ts';

try {
  await backup();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Copies the embedded database into a new folder, while Clipmeter runs or the data of the last start. */
async function backup(): Promise<void> {
  if (process.env['DATABASE_URL']) throw new StartError(OWN_DATABASE);
  const folder = namedFolder(process.argv.slice(2), 'npm run backup -- FOLDER');
  const running = findRunning();
  if (running && running.databaseUrl === undefined)
    throw new StartError('Clipmeter is starting: try again in a moment.');
  if (running?.databaseUrl !== undefined) return take(running.databaseUrl, folder);
  const password = localSecrets().POSTGRES_PASSWORD;
  const postgres = new KeptPostgres({ port: readPorts(process.env).POSTGRES_PORT, password }, console.log);
  try {
    await take(await postgres.start(), folder);
  } finally {
    await postgres.stop();
  }
}

async function take(url: string, folder: string): Promise<void> {
  const { files, bytes } = await takeBackup({ url, folder, log: console.log });
  console.log(
    `\n${folder} holds the backup: ${files} files, ${(bytes / 2 ** 20).toFixed(0)} MiB, with all the log it needs.`,
  );
  console.log(`Whether it can be restored: npm run restore -- ${folder} --try`);
  console.log(
    'It can be restored only with the POSTGRES_PASSWORD in .clipmeter/secrets.env: keep that too, elsewhere.',
  );
}
