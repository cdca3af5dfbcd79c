import type { TestProject } from 'vitest/node';
import type {} from '#src/test-database.ts';
import { startTestPostgres } from '#src/test-postgres.ts';

/**
 * A server for each worker of vitest, for a whole run. What one test leaves open holds the event log of every database of
 * its server: files that run at the same time must not share one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const workers = Math.max(1, Number(project.vitest.config.maxWorkers ?? 1));
  const servers = await Promise.all(Array.from({ length: workers }, startTestPostgres));
  project.provide(
    'templateUrls',
    servers.map((server) => server.url),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
}
