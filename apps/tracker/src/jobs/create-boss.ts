import { queueOptions } from '@clipmeter/db/queues';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';

/** A job whose worker was killed is found by its missing heartbeat within this. */
const MONITOR_SECONDS = 10;

/** Jobs of every two seconds leave many rows; pg-boss's own once a day would let them pile up. */
const CLEAN_SECONDS = 10 * 60;

/** pg-boss under the role of the apps. It is told everything it says, for without a listener an error ends the process. */
export function createBoss(databaseUrl: string, log: Logger): PgBoss {
  const boss = new PgBoss({
    ...queueOptions(databaseUrl, 'clipmeter-tracker-jobs'),
    max: 6,
    superviseIntervalSeconds: MONITOR_SECONDS,
    monitorIntervalSeconds: MONITOR_SECONDS,
    maintenanceIntervalSeconds: CLEAN_SECONDS,
    monitorVacuum: false, // health shows what holds the horizon; pg-boss may not read it under this role
  });
  boss.on('error', (error) => log.warn({ reason: error.message }, 'the job queue has trouble'));
  boss.on('warning', ({ message, data }) => log.warn({ message, data }, 'the job queue warns'));
  return boss;
}
