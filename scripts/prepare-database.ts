import { sayFirstAdminLink } from './stack/first-admin.ts';
import { prepareDatabase } from './stack/open-database.ts';
import { nameDatabase, StartError } from './stack/settings.ts';

// For deployments that run the apps by themselves: the newest schema, and what kind of views the database holds.
try {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new StartError('DATABASE_URL is not set: it names the database to prepare.');
  await prepareDatabase(url, process.env['DEMO'] === '1' ? 'simulated' : 'real');
  console.log(`${nameDatabase(url)} is ready.`);
  await sayFirstAdminLink(url, process.env['PUBLIC_URL'] ?? 'http://localhost:3000', (line) => console.log(line));
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
// The schema engine leaves a timer of ten seconds: nobody should wait for it.
process.exit();
