import type { Profile } from '#src/profile.ts';
import type { Run } from '#src/run.ts';
import type { SimulatorStore } from '#src/store.ts';
import { trueViews, type Video, videoUrl } from '#src/video.ts';

const HOUR_MS = 3_600_000;

/** A video as the control API tells it. `views` is the truth, `shownViews` what its platform says. */
export function videoView(store: SimulatorStore, video: Video) {
  const author = store.catalogue.author(video);
  const nowMs = store.clock.now();
  const views = trueViews(video, nowMs);
  return {
    platform: video.platform,
    id: video.id,
    url: videoUrl(video),
    title: video.title,
    author: { id: author.id, handle: author.handle, name: author.name },
    coauthors: video.coauthorHandles,
    publishedAt: video.publishedAt,
    state: video.state,
    frozen: video.frozenViews !== null,
    curve: video.curve,
    views,
    shownViews: store.catalogue.shownViews(video),
    /** Views to come in the next simulated hour. */
    viewsNextHour: trueViews(video, nowMs + HOUR_MS) - views,
    durationSeconds: video.durationSeconds,
  };
}

export function profileView({ platform, id, handle, name, bio, followers }: Profile) {
  return { platform, id, handle, name, bio, followers };
}

/** Runs started, results billed and dollars charged, in all and by platform. */
export function statsView(store: SimulatorStore) {
  const usages = store.usage.list();
  const sum = (of: (usage: (typeof usages)[number]) => number) => usages.reduce((total, usage) => total + of(usage), 0);
  const costMicros = usages.reduce((total, usage) => total + BigInt(usage.costMicros), 0n);
  return {
    runs: sum(({ runs }) => runs),
    billedResults: sum(({ billedResults }) => billedResults),
    costUsd: dollars(costMicros),
    platforms: Object.fromEntries(
      usages.map(({ platform, costMicros: micros, ...counts }) => [
        platform,
        { ...counts, costUsd: dollars(BigInt(micros)) },
      ]),
    ),
  };
}

/** A run in a line. */
export function runView(store: SimulatorStore, run: Run) {
  return {
    id: run.id,
    actor: run.actorName,
    platform: run.platform,
    status: run.status,
    startedAt: new Date(run.startedAtMs).toISOString(),
    finishedAt: run.finishedAtMs === null ? null : new Date(run.finishedAtMs).toISOString(),
    items: run.items.length,
    billedResults: run.billedResults,
    costUsd: dollars(BigInt(run.chargeMicros)),
    shownCostUsd: dollars(store.runs.shownChargeMicros(run)),
    faults: run.faults.map((fault) => fault.kind),
    input: run.input,
  };
}

export function clockView(store: SimulatorStore) {
  return { speed: store.clock.speed, elapsedHours: store.clock.now() / HOUR_MS };
}

/** 1234500n → "1.234500". */
function dollars(micros: bigint): string {
  return `${micros / 1_000_000n}.${(micros % 1_000_000n).toString().padStart(6, '0')}`;
}
