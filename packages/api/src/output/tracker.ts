import { z } from 'zod';
import { platformStatusSchema } from '#src/output/platform-status.ts';
import { countSchema, decimalSchema, liveCursorSchema, platformSchema, timeSchema } from '#src/output/scalar.ts';

export const runRowSchema = z.object({
  runId: z.string(),
  platform: platformSchema,
  source: z.string(),
  status: z.enum(['RECORDED', 'STARTED', 'SETTLED', 'FAILED']),
  claimed: countSchema,
  read: countSchema.nullable(),
  unknown: countSchema.nullable(),
  unavailable: countSchema.nullable(),
  credited: decimalSchema.nullable(),
  cost: decimalSchema.nullable(),
  costIsFinal: z.boolean(),
  durationMs: countSchema.nullable(),
  error: z.string().nullable(),
  createdAt: timeSchema,
  endedAt: timeSchema.nullable(),
});

export const alertRowSchema = z.object({
  id: z.string(),
  kind: z.string(),
  message: z.string(),
  count: countSchema,
  firstSeen: timeSchema,
  lastSeen: timeSchema,
});

export const platformOverviewSchema = platformStatusSchema.extend({
  retryAt: timeSchema.nullable(),
  lastSuccessAt: timeSchema.nullable(),
  lastError: z.string().nullable(),
  lastErrorAt: timeSchema.nullable(),
  /** Clips that are read at all. */
  scheduled: countSchema,
  /** Due now and not leased. */
  due: countSchema,
  leased: countSchema,
  /** How late the oldest due clip is. */
  lagMs: countSchema,
  /** Since midnight UTC. */
  today: z.object({
    runs: countSchema,
    failedRuns: countSchema,
    read: countSchema,
    unknown: countSchema,
    unavailable: countSchema,
    credited: decimalSchema,
    cost: decimalSchema,
  }),
});

export const trackerOverviewSchema = z.object({
  platforms: z.array(platformOverviewSchema),
  /** The latest, newest first, at most 50. */
  runs: z.array(runRowSchema),
  /** Open ones, newest first. */
  alerts: z.array(alertRowSchema),
  /** pg-boss's queues; empty before the tracker's first start. */
  queues: z.array(z.object({ name: z.string(), waiting: countSchema, active: countSchema, failed: countSchema })),
  /** The trackers that were seen lately. */
  trackers: z.array(
    z.object({
      host: z.string(),
      pid: countSchema,
      startedAt: timeSchema,
      seenAt: timeSchema,
      followerLagMs: countSchema,
    }),
  ),
  follower: z.object({
    /** How far the slowest tracker's follower is behind; null while no tracker runs. */
    lagMs: countSchema.nullable(),
    /** Age of the oldest transaction that holds the event log's horizon, and who it is. */
    horizonAgeMs: countSchema,
    heldBy: z.string().nullable(),
  }),
  cursor: liveCursorSchema,
});
