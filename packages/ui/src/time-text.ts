const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "12 s", "4 min", "3 h", "2 days": a length of time at the precision a reader needs. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.floor(seconds / DAY)} days`;
}

/** "30 ms", "1.7 s", "12 s": how long a machine took. */
export function machineTimeText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : durationText(milliseconds);
}

/** "just now", "40 s ago", "in 2 min". Seconds go in steps of five, so that a page does not flicker. */
export function ageText(date: Date, nowMs: number): string {
  const differenceMs = nowMs - date.getTime();
  if (Math.abs(differenceMs) < 5000) return 'just now';
  const length = Math.abs(differenceMs);
  const text = durationText(length < MINUTE * 1000 ? Math.floor(length / 5000) * 5000 : length);
  return differenceMs > 0 ? `${text} ago` : `in ${text}`;
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY_AND_CLOCK = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

/** "14:03", in the reader's zone. */
export function clockText(date: Date): string {
  return CLOCK.format(date);
}

/** "22 Nov, 14:03", in the reader's zone. */
export function dayText(date: Date): string {
  return DAY_AND_CLOCK.format(date);
}

/** "22 Nov 2026, 14:03:12 CET": what hovering shows. */
export function exactText(date: Date): string {
  return EXACT.format(date);
}
