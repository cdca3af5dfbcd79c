import { formatAudit } from '@clipmeter/db/audit';
import { type RestoreOptions, restoreBackup } from '@clipmeter/db/restore-backup';
import { namedFolder } from './stack/backup-folder.ts';
import { isForUser, postgresDataDir } from './stack/kept-postgres.ts';
import { freePort } from './stack/ports.ts';
import { releaseRunLock, takeRunLock } from './stack/run-lock.ts';
import { localSecrets } from './stack/secrets.ts';
import { OWN_DATABASE, StartError } from './stack/settings.ts';

const USAGE = 'npm run restore -- FOLDER [--try | --replace]';

try {
  process.exitCode = await restore();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  releaseRunLock();
}

/** Puts a backup in the place of the embedded database, or only tries whether that would work. */
async function restore(): Promise<number> {
  if (process.env['DATABASE_URL']) throw new StartError(OWN_DATABASE);
  const args = process.argv.slice(2);
  const folder = namedFolder(args, USAGE);
  const mode = modeOf(args);
  if (mode !== 'try') {
    const running = takeRunLock('npm run restore');
    if (running) throw new StartError(`Clipmeter runs, at ${running.address}. Stop it first (Ctrl-C in its terminal).`);
  }
  const { takenAt, report, dataDir, replacedDir } = await restoreBackup({
    folder,
    dataDir: postgresDataDir,
    password: localSecrets().POSTGRES_PASSWORD,
    port: await freePort(),
    mode,
    log: (line) => void (isForUser(line) && console.log(line)),
  });
  console.log(`\n${formatAudit(report)}`);
  if (report.differences > 0) {
    console.log(`The books of this backup do not agree (${report.differences} differences). It was not put in place.`);
    return 1;
  }
  console.log(`The backup of ${takenAt} starts, and its books agree.`);
  if (mode === 'try') console.log('It was only tried: nothing was changed.');
  else console.log(`It is in place: ${dataDir}. What was written after it is not in it; open pages fetch afresh.`);
  if (replacedDir !== null)
    console.log(`The data that was there is kept in ${replacedDir} until the next such restore.`);
  return 0;
}

function modeOf(args: readonly string[]): RestoreOptions['mode'] {
  const flags = args.filter((arg) => arg.startsWith('--'));
  if (flags.length > 1 || !flags.every((flag) => flag === '--try' || flag === '--replace'))
    throw new StartError(`Not understood: ${flags.join(' ')}. ${USAGE}`);
  if (flags[0] === '--try') return 'try';
  return flags[0] === '--replace' ? 'replace' : 'fill';
}
