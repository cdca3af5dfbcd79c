const MINUTE_MS = 60_000;

/** A video whose growth is known for the whole simulation: cumulative dollars by the minute. */
export interface Video {
  /** What a view is worth. */
  readonly ratePer1000Usd: number;
  /** Views at a moment, whole ones as a platform counts them. */
  views(atMs: number): bigint;
  /** Dollars earned until a moment. */
  usd(atMs: number): number;
  /** Dollars an hour at a moment. */
  usdPerHour(atMs: number): number;
  /** ∫ dollars earned dt, in dollar milliseconds: what unread money sums from. */
  usdMs(atMs: number): number;
}

/**
 * Videos as platforms have them: how many views one draws a day is log-normal over four orders of magnitude, decays with
 * its age and wavers from hour to hour. The same videos for the same seed.
 */
export function createVideos(count: number, hours: number, seed: number): Video[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, () => createVideo(hours, random));
}

function createVideo(hours: number, random: () => number): Video {
  const viewsPerHour = Math.exp(Math.log(200) + 1.8 * normal(random));
  const ageHours = random() * 96;
  const decayHours = 24 + random() * 96;
  const ratePer1000Usd = 0.5 + random() * 4.5;
  const minutes = hours * 60;
  const total = new Float64Array(minutes + 1);
  const integral = new Float64Array(minutes + 1);
  let waver = normal(random) * 0.4;
  for (let minute = 0; minute < minutes; minute += 1) {
    if (minute % 60 === 0) waver = 0.8 * waver + 0.6 * 0.4 * normal(random);
    const decay = Math.exp(-(ageHours + minute / 60) / decayHours);
    total[minute + 1] = (total[minute] ?? 0) + (viewsPerHour * decay * Math.exp(waver)) / 60;
    integral[minute + 1] = (integral[minute] ?? 0) + ((total[minute] ?? 0) + (total[minute + 1] ?? 0)) / 2;
  }
  const usdPerView = ratePer1000Usd / 1_000;
  const viewsAt = (atMs: number) => {
    const minute = Math.min(minutes - 1, Math.floor(atMs / MINUTE_MS));
    const part = atMs / MINUTE_MS - minute;
    return (total[minute] ?? 0) + part * ((total[minute + 1] ?? 0) - (total[minute] ?? 0));
  };
  return {
    ratePer1000Usd,
    views: (atMs) => BigInt(Math.floor(viewsAt(atMs))),
    usd: (atMs) => viewsAt(atMs) * usdPerView,
    usdPerHour: (atMs) => {
      const minute = Math.min(minutes - 1, Math.floor(atMs / MINUTE_MS));
      return ((total[minute + 1] ?? 0) - (total[minute] ?? 0)) * 60 * usdPerView;
    },
    usdMs: (atMs) => {
      const minute = Math.min(minutes - 1, Math.floor(atMs / MINUTE_MS));
      const part = atMs / MINUTE_MS - minute;
      const inside = part * (((total[minute] ?? 0) + viewsAt(atMs)) / 2);
      return ((integral[minute] ?? 0) + inside) * MINUTE_MS * usdPerView;
    },
  };
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Box–Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
