import type { Platform } from '#src/platform.ts';
import { type Random, randomText } from '#src/random.ts';

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const URL_SAFE = `${LETTERS}-_`;
const X_EPOCH_MS = 1_288_834_974_657;

/** An id of the shape the platform gives; TikTok's and X's hold the time of posting, as the real ones do. */
export function drawVideoId(platform: Platform, publishedAtMs: number, random: Random): string {
  const bits = (count: number) => BigInt(Math.floor(random() * 2 ** count));
  switch (platform) {
    case 'TIKTOK':
      return ((BigInt(Math.floor(publishedAtMs / 1000)) << 32n) | bits(32)).toString();
    case 'X':
      return ((BigInt(Math.max(1, publishedAtMs - X_EPOCH_MS)) << 22n) | bits(22)).toString();
    case 'YOUTUBE':
      return randomText(random, URL_SAFE, 11);
    case 'INSTAGRAM':
      return `D${randomText(random, URL_SAFE, 10)}`;
  }
}

/** An immutable account id of the shape the platform gives. */
export function drawAccountId(platform: Platform, random: Random): string {
  switch (platform) {
    case 'TIKTOK':
      return `6${randomText(random, DIGITS, 18)}`;
    case 'YOUTUBE':
      return `UC${randomText(random, URL_SAFE, 22)}`;
    case 'INSTAGRAM':
      return `5${randomText(random, DIGITS, 10)}`;
    case 'X':
      return `1${randomText(random, DIGITS, 17)}`;
  }
}
