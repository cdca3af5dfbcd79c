import type { FaultKind } from '#src/fault.ts';
import type { Platform } from '#src/platform.ts';

export const PLATFORM_NAMES: Record<Platform, string> = {
  TIKTOK: 'TikTok',
  YOUTUBE: 'YouTube',
  INSTAGRAM: 'Instagram',
  X: 'X',
};

/** What each fault does, in the words of the page. */
export const FAULT_WORDS: Record<FaultKind, string> = {
  http_error: 'HTTP error',
  invalid_json: 'answer cut off (invalid JSON)',
  drop: 'connection dropped',
  accept_then_drop: 'run accepted, answer lost',
  invalid_input: 'run refused for its input (400)',
  hang: 'run hangs',
  failed: 'run FAILED',
  timed_out: 'run TIMED-OUT',
  aborted: 'run ABORTED',
  empty: 'SUCCEEDED, nothing in it',
  no_items: 'no_items rows',
  no_results: 'noResults rows',
  not_found: 'everything "not found"',
  private_post: 'everything "private"',
  private_profile: 'every profile "private"',
  empty_profile: 'every profile "empty"',
  invalid_urls: 'every URL "invalid"',
  falling_counts: 'counts fall by a tenth',
  null_counts: 'counts are null',
  negative_counts: 'counts are negative',
  text_counts: 'counts are words',
  metric_switch: 'plays missing (Instagram)',
  missing_items: 'half the items missing',
  shuffled: 'items shuffled',
  duplicates: 'items twice',
  mock_rows: 'mock rows',
  wrong_video: "another video's items",
};

/** 12345.6 → "12,345". */
export function wholeNumber(value: number): string {
  return Math.floor(value).toLocaleString('en-US');
}

/** 90061 s → "1 d 1 h". */
export function durationText(hours: number): string {
  const minutes = Math.floor(hours * 60);
  if (minutes < 60) return `${minutes} min`;
  const days = Math.floor(minutes / 1440);
  const hoursLeft = Math.floor(minutes / 60) % 24;
  return days > 0 ? `${wholeNumber(days)} d ${hoursLeft} h` : `${hoursLeft} h ${minutes % 60} min`;
}

/** 45 s ago, 12 min ago, 3 h ago, 5 d ago. */
export function agoText(atMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - atMs) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${wholeNumber(Math.floor(seconds / 86_400))} d ago`;
}
