import type { Video } from './video.ts';

const HOUR_MS = 3_600_000;

/** The first day only warms up; the second is measured, and a few hours more let its last dollars be read. */
export const DAY = { fromMs: 24 * HOUR_MS, toMs: 48 * HOUR_MS, endMs: 54 * HOUR_MS };

/** What reading videos at certain moments came to. */
export interface Tally {
  reads: number;
  usd: number;
  usdMs: number;
}

export const emptyTally = (): Tally => ({ reads: 0, usd: 0, usdMs: 0 });

/** Counts one read: the dollars since the last one waited, each from its view until now. */
export function countRead(tally: Tally, video: Video, lastMs: number, nowMs: number): void {
  if (nowMs < DAY.fromMs || nowMs >= DAY.toMs) return;
  tally.reads += 1;
  tally.usd += video.usd(nowMs) - video.usd(lastMs);
  tally.usdMs += video.usdMs(nowMs) - video.usdMs(lastMs) - video.usd(lastMs) * (nowMs - lastMs);
}

/** How long a dollar waits between its view and the read that pays it, in minutes. */
export const lagMinutes = ({ usd, usdMs }: Tally) => usdMs / usd / 60_000;
