import { createAuth } from '@clipmeter/api/auth';
import type { LiveContext } from '@clipmeter/api/context';
import { readSession } from '@clipmeter/api/session';
import { THUMBNAIL_BYTES_MAX } from '@clipmeter/db/clip-thumbnails';
import { createPool } from '@clipmeter/db/connect';
import { createEventSource } from '@clipmeter/db/event-source';
import { createPrisma } from '@clipmeter/db/prisma';
import { createProfileReaders } from '@clipmeter/platforms/create-profile-readers';
import { createReaders } from '@clipmeter/platforms/create-readers';
import { createPictureFetcher } from '@clipmeter/platforms/fetch-picture';
import { createLinkResolver } from '@clipmeter/platforms/resolve-link';
import { Follower } from '@clipmeter/realtime/follower';
import { Hub } from '@clipmeter/realtime/hub';
import type { Logger } from 'pino';
import { createDatabaseService } from '#src/database-service.ts';
import type { Env } from '#src/env.ts';
import { createFollowerService } from '#src/follower-service.ts';
import { readHealth } from '#src/health/health-report.ts';
import { createHealthServer } from '#src/health/health-server.ts';
import { createBoss } from '#src/jobs/create-boss.ts';
import { createJobs } from '#src/jobs/create-jobs.ts';
import { createJobOutbox } from '#src/jobs/job-outbox.ts';
import { createJobService } from '#src/jobs/job-service.ts';
import { createMailService } from '#src/mail/mail-service.ts';
import { createSmtpMailer } from '#src/mail/mailer.ts';
import { createMetricsServer } from '#src/metrics/metrics-server.ts';
import { createTrackerMetrics } from '#src/metrics/tracker-metrics.ts';
import { readTrackerState } from '#src/metrics/tracker-state.ts';
import { createPresenceService } from '#src/presence-service.ts';
import type { Service } from '#src/service.ts';
import { maxIntervalMs } from '#src/settlement-config.ts';
import { createHandshakeServer } from '#src/sockets/handshake-server.ts';
import { createSocketServer } from '#src/sockets/socket-server.ts';
import { SocketTally } from '#src/sockets/socket-tally.ts';
import { createSpendingForecast } from '#src/spending-forecast.ts';

/** The daemon, wired. Nothing runs yet. */
export interface AppContext {
  /** In the order in which they start; they stop in the reverse. */
  readonly services: readonly Service[];
}

/** Connections of a process: enough for its jobs at once, its readers and its health. */
const POOL_MAX = 16;

/** Wires everything that the daemon is made of. The only place that knows all of it. */
export function createContext(env: Env, log: Logger): AppContext {
  const onConnectionError = (error: Error) => log.warn({ reason: error.message }, 'a database connection broke');
  const pool = createPool({
    url: env.databaseUrl,
    max: POOL_MAX,
    applicationName: 'clipmeter-tracker',
    onConnectionError,
  });
  const prisma = createPrisma(env.databaseUrl, { applicationName: 'clipmeter-tracker-auth', onConnectionError });
  const now = () => new Date();

  const hub = new Hub();
  const source = createEventSource(pool, {
    url: env.databaseUrl,
    applicationName: 'clipmeter-tracker-events',
    onConnectionError,
  });
  const follower = new Follower({
    source,
    hub,
    onError: (error) => log.warn({ err: error }, 'the event log could not be read'),
  });

  const access = { ...(env.apify && { apify: env.apify }), ...(env.youtube && { youtube: env.youtube }) };
  const readers = createReaders({ ...access, instagramActor: env.instagramActor });
  const profiles = createProfileReaders(access);
  const boss = createBoss(env.databaseUrl, log);
  const outbox = createJobOutbox(boss);
  const tally = new SocketTally();
  const metrics = createTrackerMetrics({
    platforms: [...readers.keys()],
    tally,
    pools: { tracker: pool },
    limitMicros: env.dailySpendLimitMicros,
  });
  const { meter } = metrics;
  const mailer = env.mail === null ? null : createSmtpMailer(env.mail.smtpUrl);
  const jobs = createJobs({
    env,
    pool,
    outbox,
    readers,
    profiles,
    resolver: createLinkResolver(),
    pictures: createPictureFetcher({
      bytesMax: THUMBNAIL_BYTES_MAX,
      ...(env.demo && env.apify?.baseUrl !== undefined && { standIn: env.apify.baseUrl }),
    }),
    mailer,
    log,
    meter,
    now,
  });

  const server = createHandshakeServer();
  const auth = createAuth({
    prisma,
    pool,
    secret: env.authSecret,
    baseURL: env.publicUrl,
    trustedOrigins: [...env.allowedOrigins],
  });
  const live: LiveContext = { source, hub, lagMs: () => follower.lag().lagMs };
  const sockets = createSocketServer({
    server,
    live,
    log,
    tally,
    allowedOrigins: env.allowedOrigins,
    readSession: (headers) => readSession(auth, headers),
    api: { pool, now, logError: (message, { error, ...fields }) => log.error({ err: error, ...fields }, message) },
  });
  const health = () =>
    readHealth({
      pool,
      mailConfigured: env.mail !== null,
      lag: () => follower.lag(),
      sockets: () => sockets.registry.count,
      subscribers: () => hub.subscribers,
    });
  const state = () => readTrackerState({ pool, readers, ignoreMinimumCharge: env.demo, readHealth: health, now });

  return {
    services: [
      createDatabaseService({ pool, prisma, viewsSource: env.demo ? 'simulated' : 'real' }),
      createSpendingForecast({
        pool,
        log,
        readers,
        limitMicros: env.dailySpendLimitMicros,
        maxIntervalMs: maxIntervalMs(env.demo),
      }),
      createFollowerService(follower, () => source.close(), log),
      ...(env.metricsPort === null
        ? []
        : [createMetricsServer({ host: env.host, port: env.metricsPort, log, metrics, state })]),
      createPresenceService({ pool, log, now, followerLagMs: () => follower.lag().lagMs }),
      createMailService({ mailer, log }),
      createJobService({ boss, outbox, jobs, log, meter }),
      createHealthServer({ server, host: env.host, port: env.port, log, readHealth: health }),
      sockets,
    ],
  };
}
