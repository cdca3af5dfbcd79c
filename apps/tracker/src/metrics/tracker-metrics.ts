import type { Micros } from '@clipmeter/core/money';
import type { Platform } from '@clipmeter/core/platform';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { createSocketMetrics } from '#src/metrics/socket-metrics.ts';
import { createStateMetrics, type PoolCounts } from '#src/metrics/state-metrics.ts';
import type { TrackerState } from '#src/metrics/tracker-state.ts';
import type { WorkMeter } from '#src/metrics/work-meter.ts';
import { createWorkMetrics } from '#src/metrics/work-metrics.ts';
import type { SocketTally } from '#src/sockets/socket-tally.ts';
import packageJson from '../../package.json' with { type: 'json' };

export interface TrackerMetricsDeps {
  readonly platforms: readonly Platform[];
  readonly tally: SocketTally;
  readonly pools: Readonly<Record<string, PoolCounts>>;
  readonly limitMicros: Micros | null;
}

/** The metrics of one tracker: of several each has its own. */
export interface TrackerMetrics {
  readonly meter: WorkMeter;
  readonly contentType: string;
  /** Everything as Prometheus reads it, with the gauges as of this state. */
  exposition(state: TrackerState): Promise<string>;
  /** Also watches this process: its memory, CPU, event loop and garbage collection. */
  watchProcess(): void;
}

export function createTrackerMetrics({ platforms, tally, pools, limitMicros }: TrackerMetricsDeps): TrackerMetrics {
  const registry = new Registry();
  new Gauge({
    name: 'clipmeter_build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version: packageJson.version, node: process.version }, 1);
  const meter = createWorkMetrics(registry, platforms);
  createSocketMetrics(registry, tally);
  const show = createStateMetrics(registry, { pools, limitMicros });
  return {
    meter,
    contentType: registry.contentType,
    exposition(state) {
      show(state);
      return registry.metrics();
    },
    watchProcess: () => collectDefaultMetrics({ register: registry }),
  };
}
