import type { Pool } from '@clipmeter/db/connect';
import { claimViewsSource, type ViewsSource } from '@clipmeter/db/installation';
import type { PrismaClient } from '@clipmeter/db/prisma';
import type { Service } from '#src/service.ts';

/** Opens first and closes last. Refuses a database whose views are of the other kind: simulated, or real. */
export function createDatabaseService(deps: { pool: Pool; prisma: PrismaClient; viewsSource: ViewsSource }): Service {
  return {
    name: 'database',
    run: () => claimViewsSource(deps.pool, deps.viewsSource),
    async stop() {
      await deps.prisma.$disconnect();
      await deps.pool.end();
    },
  };
}
