import { DatabaseRefused, migrate } from '#src/migrate.ts';

/** `DATABASE_URL=… node packages/db/src/migrate-cli.ts` */
const url = process.env['DATABASE_URL'];
if (!url) {
  console.error('DATABASE_URL is not set: it names the database to migrate.');
  process.exit(1);
}
try {
  const applied = await migrate(url);
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.');
} catch (error) {
  console.error(error instanceof DatabaseRefused ? error.message : error);
  process.exit(1);
}
