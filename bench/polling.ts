import { type Micros, micros } from '@clipmeter/core/money';
import { nextIntervalMs, nextVelocity } from '@clipmeter/core/read-interval';
import { shouldStartRun } from '../apps/tracker/src/should-start-run.ts';
import type { Bench } from './harness/benchmark.ts';
import { countRead, DAY, emptyTally, lagMinutes, type Tally } from './polling/tally.ts';
import { createVideos, type Video } from './polling/video.ts';

const SEED = 20_261_123;
const TICK_MS = 10_000;
const BATCH = 500;
/** As the tracker reads TikTok. */
const INTERVAL = { minIntervalMs: 5 * 60_000, maxIntervalMs: 4 * 3_600_000, readCostUsd: 0.0037 };
const PRICE_MICROS = micros(3_700n);

/**
 * A simulated day: how long a dollar waits to be read under four ways of dealing out the same number of reads. The
 * oracle knows every video's rate at every moment and spends its reads where they save most; nobody can do better.
 */
export const run: Bench = async ({ small, say }) => {
  const videos = createVideos(small ? 200 : 3_000, DAY.endMs / 3_600_000, SEED);
  const ours = simulateTracker(videos, null);
  say(`${ours.tally.reads} reads of ${videos.length} clips in a day`);
  const { reads } = ours.tally;
  const ways: Record<string, Tally> = {
    uniform: readUniformly(videos, reads),
    proportional: atEqualSpend(reads, (scale) => readProportionally(videos, scale)),
    this: ours.tally,
    oracle: atEqualSpend(reads, (scale) => readAsOracle(videos, scale)),
  };
  const limitMicros = micros((BigInt(reads) * PRICE_MICROS * 6n) / 10n);
  const limited = simulateTracker(videos, limitMicros);
  const lag = (name: string) => lagMinutes(ways[name] ?? emptyTally());
  return {
    rows: [
      ...Object.entries(ways).map(([way, tally]) => rowOf(way, tally)),
      rowOf('this, limited to 60 %', limited.tally),
      rowOf('uniform, limited to 60 %', readUniformly(videos, limited.tally.reads)),
    ],
    figures: {
      lagVsUniform: round(lag('this') / lag('uniform')),
      lagVsProportional: round(lag('this') / lag('proportional')),
      lagVsOracle: round(lag('this') / lag('oracle')),
      lagMinutes: round(lag('this')),
      limitUsd: Number(limitMicros) / 1e6,
      mostSpentUsdADay: Number(limited.mostSpentMicros) / 1e6,
    },
  };
};

/** The tracker's own decisions, tick by tick: what is due, whether a run starts, when each clip is read next. */
function simulateTracker(videos: readonly Video[], dailyLimitMicros: Micros | null) {
  const tally = emptyTally();
  const clips = videos.map((video) => ({ video, dueMs: 0, lastMs: 0, lastViews: 0n, velocity: 0, isNew: true }));
  let spentMicros = 0n;
  let mostSpentMicros = 0n;
  for (let nowMs = 0; nowMs < DAY.endMs; nowMs += TICK_MS) {
    if (nowMs % DAY.fromMs === 0) spentMicros = 0n;
    for (;;) {
      const due = clips
        .filter((clip) => clip.dueMs <= nowMs)
        .sort((a, b) => a.dueMs - b.dueMs)
        .slice(0, BATCH);
      const answer = shouldStartRun({
        due: due.map((clip) => ({ urgent: false, asked: false, lastReadAt: new Date(clip.lastMs) })),
        ...{ minimumChargeMicros: micros(0n), pricePerResultMicros: PRICE_MICROS },
        ...{ maxIntervalMs: INTERVAL.maxIntervalMs, dailyLimitMicros },
        ...{ spentTodayMicros: micros(spentMicros), now: new Date(nowMs) },
      });
      if (!answer.start) break;
      spentMicros += BigInt(answer.clips) * PRICE_MICROS;
      for (const clip of due.slice(0, answer.clips)) {
        const views = clip.video.views(nowMs);
        const elapsedMs = clip.isNew ? null : nowMs - clip.lastMs;
        if (elapsedMs !== null) {
          countRead(tally, clip.video, clip.lastMs, nowMs);
          clip.velocity = nextVelocity(clip.velocity, views - clip.lastViews, elapsedMs);
        }
        clip.dueMs =
          nowMs +
          nextIntervalMs({
            ...INTERVAL,
            velocity: clip.velocity,
            usdPerView: clip.video.ratePer1000Usd / 1_000,
            budgetChance: 1,
            previousIntervalMs: elapsedMs,
          });
        Object.assign(clip, { lastMs: nowMs, lastViews: views, isNew: false });
      }
    }
    if (spentMicros > mostSpentMicros) mostSpentMicros = spentMicros;
  }
  return { tally, mostSpentMicros };
}

/** Every clip as often as every other. */
function readUniformly(videos: readonly Video[], reads: number): Tally {
  const intervalMs = (videos.length * (DAY.toMs - DAY.fromMs)) / reads;
  const tally = emptyTally();
  videos.forEach((video, i) => {
    const firstMs = (intervalMs * i) / videos.length;
    for (let lastMs = firstMs; lastMs < DAY.toMs; lastMs += intervalMs)
      countRead(tally, video, lastMs, lastMs + intervalMs);
  });
  return tally;
}

/** Twice the dollars, twice the reads; it learns velocities as the tracker does and keeps the same bounds. */
function readProportionally(videos: readonly Video[], scale: number): Tally {
  const tally = emptyTally();
  for (const video of videos) {
    let [lastMs, intervalMs, velocity] = [0, INTERVAL.minIntervalMs, 0];
    while (lastMs < DAY.toMs) {
      const nowMs = lastMs + intervalMs;
      countRead(tally, video, lastMs, nowMs);
      velocity = nextVelocity(velocity, video.views(nowMs) - video.views(lastMs), intervalMs);
      const wantedMs = scale / ((velocity * video.ratePer1000Usd) / 1_000);
      lastMs = nowMs;
      intervalMs = bounded(Math.min(wantedMs, 2 * intervalMs));
    }
  }
  return tally;
}

/** Knows the rates: reads fall at equal steps of ∫ √(dollars an hour), which leaves the least money unread. */
function readAsOracle(videos: readonly Video[], scale: number): Tally {
  const tally = emptyTally();
  const stepMs = 60_000;
  for (const video of videos) {
    let [lastMs, sum] = [0, 0];
    for (let nowMs = stepMs; nowMs < DAY.toMs; nowMs += stepMs) {
      sum += Math.sqrt(video.usdPerHour(nowMs - stepMs)) * stepMs;
      const sinceMs = nowMs - lastMs;
      if ((sum < scale || sinceMs < INTERVAL.minIntervalMs) && sinceMs < INTERVAL.maxIntervalMs) continue;
      countRead(tally, video, lastMs, nowMs);
      [lastMs, sum] = [nowMs, 0];
    }
  }
  return tally;
}

const bounded = (ms: number) => Math.max(INTERVAL.minIntervalMs, Math.min(INTERVAL.maxIntervalMs, ms));

/** Finds the scale at which a way reads as often as ours, to one read in a thousand. */
function atEqualSpend(reads: number, way: (scale: number) => Tally): Tally {
  let [low, high] = [1, 1e12];
  let tally = emptyTally();
  for (let i = 0; i < 60; i += 1) {
    const scale = Math.sqrt(low * high);
    tally = way(scale);
    if (Math.abs(tally.reads - reads) <= reads / 1_000) return tally;
    if (tally.reads > reads) low = scale;
    else high = scale;
  }
  return tally;
}

const rowOf = (way: string, tally: Tally) => ({
  way,
  reads: tally.reads,
  'usd read': Math.round(tally.usd),
  'lag of a dollar, min': round(lagMinutes(tally)),
});

const round = (value: number) => Math.round(value * 100) / 100;
