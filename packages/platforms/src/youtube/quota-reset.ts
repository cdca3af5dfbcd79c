const DAY_MS = 86_400_000;

const pacificClock = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** Milliseconds since midnight on a clock in California. */
function pacificTimeOfDayMs(instant: Date): number {
  const parts = new Map(pacificClock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const [hours = 0, minutes = 0, seconds = 0] = [parts.get('hour'), parts.get('minute'), parts.get('second')];
  return (hours * 3600 + minutes * 60 + seconds) * 1000 + instant.getUTCMilliseconds();
}

/**
 * How long until the quota of the YouTube Data API is filled again: the next midnight in California, on the two odd
 * days of the year too. https://developers.google.com/youtube/v3/determine_quota_cost
 */
export function msUntilQuotaReset(now: Date): number {
  const leftMs = DAY_MS - pacificTimeOfDayMs(now);
  // On a day of 23 or 25 hours that lands an hour late (01:00) or early (23:00).
  const landsAtMs = pacificTimeOfDayMs(new Date(now.getTime() + leftMs));
  if (landsAtMs === 0) return leftMs;
  return landsAtMs < DAY_MS / 2 ? leftMs - landsAtMs : leftMs + (DAY_MS - landsAtMs);
}
