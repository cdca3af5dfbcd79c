import { DomainError } from '@clipmeter/core/domain-error';
import { createPool } from '@clipmeter/db/connect';
import { claimViewsSource } from '@clipmeter/db/installation';
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
  if (databaseUrl !== undefined) {
    const name = nameDatabase(databaseUrl);
    say(`Using the database of DATABASE_URL: ${name}`);
    await prepare(databaseUrl, settings);
    return { url: databaseUrl, description: name, stop: async () => {} };
  }
  const postgres = new KeptPostgres({ port: settings.ports.POSTGRES_PORT, password: secrets.POSTGRES_PASSWORD }, say);
  try {
    const url = await postgres.start();
    await prepare(url, settings);
    const description = `embedded Postgres on port ${settings.ports.POSTGRES_PORT}`;
    return { url, description, stop: () => postgres.stop() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function prepare(url: string, settings: Settings): Promise<void> {
  const pool = createPool({ url, role: 'owner', max: 1, applicationName: 'clipmeter-start' });
  try {
    await migrate(url);
    await claimViewsSource(pool, settings.demo ? 'simulated' : 'real');
  } catch (error) {
    if (error instanceof DatabaseRefused || error instanceof DomainError) throw new StartError(error.message);
    if (error instanceof Error && 'code' in error && settings.databaseUrl !== undefined) {
      throw new StartError(
        `The database ${nameDatabase(settings.databaseUrl)} cannot be used: ${error.message || error.code}`,
      );
    }
    throw error;
  } finally {
    await pool.end();
  }
}
