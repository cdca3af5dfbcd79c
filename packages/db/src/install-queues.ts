import { PgBoss } from 'pg-boss';
import { APP_ROLE, connectionConfig, type Queryable } from '#src/connect.ts';
import { QUEUE_SCHEMA, QUEUES } from '#src/queues.ts';

/**
 * Installs or upgrades pg-boss as the owner, makes the queues (or brings their settings up to date) and lets the role of
 * the apps use them. Safe to repeat.
 */
export async function installQueues(owner: Queryable, url: string): Promise<void> {
  const boss = new PgBoss({
    ...connectionConfig({ url, role: 'owner', applicationName: 'clipmeter-migrate' }),
    schema: QUEUE_SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  const failures: Error[] = [];
  boss.on('error', (error) => failures.push(error)); // without a listener it would end the process
  await boss.start();
  try {
    const known = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const { name, ...options } of QUEUES) {
      if (!known.has(name)) await boss.createQueue(name, options);
      const { policy: _fixed, ...changeable } = options;
      if (known.has(name)) await boss.updateQueue(name, changeable);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  const [failure] = failures;
  if (failure) throw failure;
  await owner.query(`
    GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${APP_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${APP_ROLE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${APP_ROLE};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${QUEUE_SCHEMA} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${APP_ROLE};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${QUEUE_SCHEMA} GRANT USAGE ON SEQUENCES TO ${APP_ROLE};
  `);
}
