import type { WorkMeter } from '#src/metrics/work-meter.ts';

/** Counts nothing. */
export const NO_METER: WorkMeter = {
  runStarted() {},
  batchEnded() {},
  clipsAnswered() {},
  batchSettled() {},
  credited() {},
  creditsMade() {},
  readsBilled() {},
  jobFailed() {},
};
