import { canonicalUrl } from '@clipmeter/core/clip-link';
import type { Platform } from '@clipmeter/core/platform';
import type { PlatformReader } from '#src/port.ts';
import type { ConformanceWorld } from '#src/world.conformance.ts';
// A test may stand on the simulator; nothing else of this package does.
import { startSimulator } from '../../../apps/simulator/src/simulator.ts';

/** Longer after a run's end than its cost takes to settle. */
const LATER_MS = 60_000;

/** The clock of a reader that looks at everything a minute late, so that every cost has settled. */
export function aMinuteLater(): Date {
  return new Date(Date.now() + LATER_MS);
}

/** A world on the simulator, with short runs, for one platform. */
export async function openSimulatedWorld(
  platform: Platform,
  createReader: (baseUrl: string) => PlatformReader,
): Promise<ConformanceWorld> {
  const simulator = await startSimulator({ runDurationMs: 20, costSettlesMs: 0, speed: 1 });
  const { catalogue, faults, usage } = simulator.store;
  return {
    reader: createReader(simulator.url),
    postVideo(views, handle) {
      const { video } = catalogue.postVideo({ platform, views, curve: 'flat', author: { handle } });
      catalogue.changeVideo(platform, video.id, { frozen: true });
      return { externalId: video.id, url: canonicalUrl(platform, video.id), authorHandle: handle };
    },
    setViews(ref, views) {
      catalogue.changeVideo(platform, ref.externalId, { views, frozen: true });
    },
    hide(ref, state) {
      catalogue.changeVideo(platform, ref.externalId, { state });
    },
    breakWith(fault) {
      faults.clear();
      faults.add({ platform, ...fault });
    },
    mend: () => faults.clear(),
    startCount: () => usage.list().find((entry) => entry.platform === platform)?.runs ?? 0,
    stop: () => simulator.stop(),
  };
}
