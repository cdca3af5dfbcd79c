import { createPool, type Pool } from '@clipmeter/db/connect';
import { createPrisma, type PrismaClient } from '@clipmeter/db/prisma';

export interface ConnectOptions {
  /** A libpq URL. The role of the apps is taken on every connection. */
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  onConnectionError?: (error: Error) => void;
}

/** The connections of a process that serves the API and may not reach into db itself: the web. Made lazily, by use. */
export function connectDatabase({ url, ...options }: ConnectOptions): { pool: Pool; prisma: PrismaClient } {
  return { pool: createPool({ url, ...options }), prisma: createPrisma(url, options) };
}
