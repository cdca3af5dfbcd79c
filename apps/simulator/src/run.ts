import { z } from 'zod';
import { faultSchema } from '#src/fault.ts';
import { platformSchema } from '#src/platform.ts';

export const RUN_STATUSES = [
  'READY',
  'RUNNING',
  'TIMING-OUT',
  'ABORTING',
  'SUCCEEDED',
  'FAILED',
  'TIMED-OUT',
  'ABORTED',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

const TERMINAL: readonly RunStatus[] = ['SUCCEEDED', 'FAILED', 'TIMED-OUT', 'ABORTED'];

export function isTerminal(status: RunStatus): boolean {
  return TERMINAL.includes(status);
}

/** What the starter of a run asked for. */
export const runOptionsSchema = z.object({
  build: z.string().default('latest'),
  /** 0: no limit. */
  timeoutSecs: z.number().min(0).default(3_600),
  memoryMbytes: z.number().positive().default(1_024),
  maxItems: z.number().int().positive().optional(),
  maxTotalChargeUsd: z.number().positive().optional(),
});

export type RunOptions = z.infer<typeof runOptionsSchema>;

/** A run as the simulator keeps it. Its times are real ones: clients compare them with their own clocks. */
export const runSchema = z.object({
  id: z.string(),
  actorName: z.string(),
  platform: platformSchema,
  status: z.enum(RUN_STATUSES),
  startedAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
  durationMs: z.number(),
  input: z.unknown(),
  items: z.array(z.record(z.string(), z.unknown())),
  options: runOptionsSchema,
  faults: z.array(faultSchema),
  billedResults: z.number().int(),
  chargeMicros: z.string(),
  defaultDatasetId: z.string(),
  defaultKeyValueStoreId: z.string(),
  defaultRequestQueueId: z.string(),
});

export type Run = z.infer<typeof runSchema>;
