import { z } from 'zod';
import { Catalogue } from '#src/catalogue.ts';
import { SimulatedClock } from '#src/clock.ts';
import { faultSchema } from '#src/fault.ts';
import { FaultBox } from '#src/fault-box.ts';
import { profileSchema } from '#src/profile.ts';
import { runSchema } from '#src/run.ts';
import { RunBook } from '#src/run-book.ts';
import { UsageMeter, usageSchema } from '#src/usage.ts';
import { videoSchema } from '#src/video.ts';

/** Runs that a state file keeps: enough for a client that restarts with the simulator to find its own. */
const SAVED_RUNS_MAX = 50;

/** What a state file holds. */
export const worldSchema = z.object({
  version: z.literal(1),
  clockMs: z.number(),
  speed: z.number(),
  videos: z.array(videoSchema),
  profiles: z.array(profileSchema),
  faults: z.array(faultSchema),
  usages: z.array(usageSchema),
  runs: z.array(runSchema),
});

export type World = z.infer<typeof worldSchema>;

export interface StoreOptions {
  seed: string;
  speed: number;
  runDurationMs: number;
  costSettlesMs: number;
  monotonicMs?: () => number;
}

/** The simulated world: its time, its videos and people, what is broken, what ran and what that cost. */
export class SimulatorStore {
  readonly clock: SimulatedClock;
  readonly catalogue: Catalogue;
  readonly faults: FaultBox;
  readonly usage: UsageMeter;
  readonly runs: RunBook;
  /** Called after each change that a restart must not lose. */
  onChange: () => void = () => {};

  constructor(options: StoreOptions) {
    const changed = () => this.onChange();
    const { seed, speed, monotonicMs } = options;
    this.clock = new SimulatedClock(monotonicMs ? { speed, monotonicMs } : { speed });
    this.catalogue = new Catalogue({ clock: this.clock, seed, onChange: changed });
    this.faults = new FaultBox({ seed, onChange: changed });
    this.usage = new UsageMeter(changed);
    this.runs = new RunBook({
      catalogue: this.catalogue,
      usage: this.usage,
      onChange: changed,
      durationMs: options.runDurationMs,
      costSettlesMs: options.costSettlesMs,
    });
  }

  /** The world as it is now. */
  snapshot(): World {
    return {
      version: 1,
      clockMs: this.clock.now(),
      speed: this.clock.speed,
      videos: this.catalogue.videos(),
      profiles: this.catalogue.profiles(),
      faults: this.faults.list(),
      usages: this.usage.list(),
      runs: this.runs.list().slice(-SAVED_RUNS_MAX),
    };
  }

  /** Goes on with the world of an earlier process. */
  restore(world: World): void {
    this.clock.resumeAt(world.clockMs);
    this.catalogue.restore(world.videos, world.profiles);
    this.faults.restore(world.faults);
    this.usage.restore(world.usages);
    this.runs.restore(world.runs);
  }
}
