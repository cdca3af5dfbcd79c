import type { TestProject } from 'vitest/node';
import type {} from '#src/test-database.ts';
import { startTestPostgres } from '#src/test-postgres.ts';

/** One server for a whole run of vitest. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  project.provide('templateUrl', server.url);
  return () => server.stop();
}
