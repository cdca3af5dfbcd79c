import { PLATFORMS, type Platform } from '@clipmeter/core/platform';
import type { ConstructorOptions, Queue } from 'pg-boss';
import { connectionConfig } from '#src/connect.ts';

/** pg-boss keeps its tables here. The owner installs them; the apps only use them. */
export const QUEUE_SCHEMA = 'pgboss';

const HOUR_SECONDS = 3_600;

export function tickQueue(platform: Platform): string {
  return `tick.${platform}`;
}

export function batchQueue(platform: Platform): string {
  return `batch.${platform}`;
}

/**
 * Every queue, as the migrations make them. `stately`: one waits and one works, so a tick may send its own successor and
 * a broken chain may be seeded again without ever doubling.
 */
export const QUEUES: readonly Queue[] = [
  ...[
    ...PLATFORMS.map(tickQueue),
    'lifecycle',
    'rounds',
    'resolve',
    'pictures',
    'account-checks',
    'alerts',
    'mail',
    'launches',
  ].map((name) => ({
    name,
    policy: 'stately' as const,
    retryLimit: 0, // its successor is the retry
    heartbeatSeconds: 10, // the chain of a killed tracker is taken up after this
    expireInSeconds: 60,
    retentionSeconds: HOUR_SECONDS,
    deleteAfterSeconds: HOUR_SECONDS,
  })),
  ...PLATFORMS.map((platform) => ({
    name: batchQueue(platform),
    policy: 'standard' as const,
    // A batch is safe to repeat: it adopts the run that it started, and settles each observation once.
    retryLimit: 20,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds: 20, // a killed tracker's batch goes to another one after this, not after the expiry
    expireInSeconds: HOUR_SECONDS,
    deleteAfterSeconds: 24 * HOUR_SECONDS,
  })),
  ...(['release', 'cost', 'verify-account'] as const).map((name) => ({
    name,
    policy: 'standard' as const,
    retryLimit: 20,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 300,
    heartbeatSeconds: 20,
    expireInSeconds: HOUR_SECONDS,
    deleteAfterSeconds: 24 * HOUR_SECONDS,
  })),
  ...(['audit', 'partitions'] as const).map((name) => ({
    name,
    policy: 'stately' as const,
    retryLimit: 3,
    retryDelay: 60,
    retryBackoff: true,
    expireInSeconds: HOUR_SECONDS,
    deleteAfterSeconds: 7 * 24 * HOUR_SECONDS,
  })),
];

/** How a process uses pg-boss under the role of the apps: it never changes the shape of anything. */
export function queueOptions(url: string, applicationName: string): ConstructorOptions {
  return {
    ...connectionConfig({ url, role: 'app', applicationName }),
    schema: QUEUE_SCHEMA,
    migrate: false,
    createSchema: false,
    reindex: false, // only an owner may rebuild an index
  };
}
