import { DomainError } from '@clipmeter/core/domain-error';
import { createPool } from '@clipmeter/db/connect';
import { claimViewsSource, type ViewsSource } from '@clipmeter/db/installation';
import { DatabaseRefused, migrate } from '@clipmeter/db/migrate';
import { KeptPostgres } from './kept-postgres.ts';
import type { Secrets } from './secrets.ts';
import { nameDatabase, type Settings, StartError } from './settings.ts';

export interface Database {
  /** Of the owner's login. */
  url: string;
  /** For people, without a password. */
  description: string;
  stop(): Promise<void>;
}

/**
 * The database of this start, with the newest schema and with its kind of views agreed.
 *
 * @throws StartError if it cannot be reached, is not ours, or holds the other kind of views
 */
export async function openDatabase(
  settings: Settings,
  secrets: Secrets,
  say: (line: string) => void,
): Promise<Database> {
  const { databaseUrl } = settings;
  const views = settings.demo ? 'simulated' : 'real';
  if (databaseUrl !== undefined) {
    const name = nameDatabase(databaseUrl);
    say(`Using the database of DATABASE_URL: ${name}`);
    await prepareDatabase(databaseUrl, views);
    return { url: databaseUrl, description: name, stop: async () => {} };
  }
  const postgres = new KeptPostgres({ port: settings.ports.POSTGRES_PORT, password: secrets.POSTGRES_PASSWORD }, say);
  try {
    const url = await postgres.start();
    await prepareDatabase(url, views);
    const description = `embedded Postgres on port ${settings.ports.POSTGRES_PORT}`;
    return { url, description, stop: () => postgres.stop() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/**
 * Brings a database to the newest schema and notes whether its views are simulated or real.
 *
 * @throws StartError if it cannot be reached, is not ours, or holds the other kind of views
 */
export async function prepareDatabase(url: string, views: ViewsSource): Promise<void> {
  const pool = createPool({ url, role: 'owner', max: 1, applicationName: 'clipmeter-start' });
  try {
    await migrate(url);
    await claimViewsSource(pool, views);
  } catch (error) {
    if (error instanceof DatabaseRefused || error instanceof DomainError) throw new StartError(error.message);
    // Whatever the network or the server says: the database's name and their words are what helps.
    if (error instanceof Error && 'code' in error) {
      throw new StartError(`The database ${nameDatabase(url)} cannot be used: ${error.message || error.code}`);
    }
    throw error;
  } finally {
    await pool.end();
  }
}
