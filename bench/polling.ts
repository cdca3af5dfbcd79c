import { type Micros, micros } from '@clipmeter/core/money';
import { longestIntervalMs, nextIntervalMs, nextVelocity, pricedInterval } from '@clipmeter/core/read-interval';
import { nextReadPrice, type SpendingDay } from '@clipmeter/core/spending-pace';
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
const HOUR_MS = 3_600_000;

/**
 * A simulated day: how long a dollar waits to be read under four ways of dealing out the same number of reads. The
 * oracle knows every video's rate at every moment and spends its reads where they save most; nobody can do better.
 */
export const run: Bench = async ({ small, tiny, say }) => {
  const videos = createVideos(tiny ? 10 : small ? 200 : 3_000, DAY.endMs / 3_600_000, SEED);
  const ours = simulateTracker(videos, null);
  say(`${ours.tally.reads} reads of ${videos.length} clips in a day`);
  const { reads } = ours.tally;
  const ways: Record<string, Tally> = {
    uniform: readUniformly(videos, reads),
    proportional: atEqualSpend(reads, (scale) => readProportionally(videos, scale)),
    this: ours.tally,
    oracle: atEqualSpend(reads, (scale) => readAsOracle(videos, scale)),
  };
  const lag = (name: string) => lagMinutes(ways[name] ?? emptyTally());
  const [limited, tight] = [underLimit(videos, reads, 60), underLimit(videos, reads, 20)];
  return {
    rows: [...Object.entries(ways).map(([way, tally]) => rowOf(way, tally)), ...limited.rows, ...tight.rows],
    figures: {
      lagVsUniform: round(lag('this') / lag('uniform')),
      lagVsProportional: round(lag('this') / lag('proportional')),
      lagVsOracle: round(lag('this') / lag('oracle')),
      lagMinutes: round(lag('this')),
      limitedLagVsUniform: limited.vsUniform,
      limitedLagVsOracle: limited.vsOracle,
      tightLagVsUniform: tight.vsUniform,
      tightLagVsOracle: tight.vsOracle,
      limitUsd: limited.limitUsd,
      mostSpentUsdADay: limited.mostSpentUsd,
      leastReadsAnHour: limited.leastReadsAnHour,
    },
  };
};

/** The same day with a spending limit, at so many percent of what it cost without: three ways to spend all of it. */
function underLimit(videos: readonly Video[], freeReads: number, percent: number) {
  const limitMicros = micros((BigInt(freeReads) * PRICE_MICROS * BigInt(percent)) / 100n);
  const reads = Number(limitMicros / PRICE_MICROS);
  const ours = simulateTracker(videos, limitMicros);
  const uniform = readUniformly(videos, reads);
  const oracle = atEqualSpend(reads, (scale) => readAsOracle(videos, scale));
  return {
    rows: [
      rowOf(`uniform, limited to ${percent} %`, uniform),
      rowOf(`line alone, limited to ${percent} %`, simulateTracker(videos, limitMicros, false).tally),
      rowOf(`this, limited to ${percent} %`, ours.tally),
      rowOf(`oracle, limited to ${percent} %`, oracle),
    ],
    vsUniform: round(lagMinutes(ours.tally) / lagMinutes(uniform)),
    vsOracle: round(lagMinutes(ours.tally) / lagMinutes(oracle)),
    limitUsd: Number(limitMicros) / 1e6,
    mostSpentUsd: Number(ours.mostSpentMicros) / 1e6,
    leastReadsAnHour: ours.leastReadsAnHour,
  };
}

/** The tracker's own decisions, tick by tick: what is due, whether a run starts, when each clip is read next. */
function simulateTracker(videos: readonly Video[], limitMicros: Micros | null, hasPrice = true) {
  const tally = emptyTally();
  const clips = videos.map((video) => ({ video, dueMs: 0, lastMs: 0, lastViews: 0n, velocity: 0, isNew: true }));
  let [spentMicros, mostSpentMicros, lastRunMs, learned, price] = [micros(0n), micros(0n), 0, 1, 1];
  const readsAnHour = new Array<number>((DAY.toMs - DAY.fromMs) / HOUR_MS).fill(0);
  for (let nowMs = 0; nowMs < DAY.endMs; nowMs += TICK_MS) {
    if (nowMs % DAY.fromMs === 0) [spentMicros, lastRunMs] = [micros(0n), nowMs];
    const day = () => limitMicros && spendingDay(limitMicros, spentMicros, lastRunMs, nowMs);
    const today = day();
    if (today && hasPrice) ({ learned, price } = nextReadPrice(learned, today, TICK_MS));
    for (;;) {
      const due = clips
        .filter((clip) => clip.dueMs <= nowMs)
        .sort((a, b) => a.dueMs - b.dueMs)
        .slice(0, BATCH);
      const answer = shouldStartRun({
        due: due.map((clip) => ({ urgent: false, asked: false, lastReadAt: new Date(clip.lastMs) })),
        ...{ minimumChargeMicros: micros(0n), pricePerResultMicros: PRICE_MICROS },
        ...{ maxIntervalMs: longestIntervalMs(INTERVAL.maxIntervalMs, price), day: day(), now: new Date(nowMs) },
      });
      if (!answer.start) break;
      spentMicros = micros(spentMicros + BigInt(answer.clips) * PRICE_MICROS);
      lastRunMs = nowMs;
      const hour = Math.floor((nowMs - DAY.fromMs) / HOUR_MS);
      if (readsAnHour[hour] !== undefined) readsAnHour[hour] += answer.clips;
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
            ...pricedInterval(INTERVAL, price),
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
  return { tally, mostSpentMicros, leastReadsAnHour: Math.min(...readsAnHour) };
}

function spendingDay(limitMicros: Micros, spentMicros: Micros, lastRunMs: number, nowMs: number): SpendingDay {
  const shareAt = (ms: number) => (ms % DAY.fromMs) / DAY.fromMs;
  const shares = { dayShare: shareAt(nowMs), lastRunShare: shareAt(lastRunMs) };
  return { limitMicros, spentMicros, readsMicros: spentMicros, ...shares };
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
