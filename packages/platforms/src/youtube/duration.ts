const ISO_8601 = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const CLOCK = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/;

/** "PT3M17S", as the Data API writes it, in milliseconds; null for what is no duration, and for a live stream's zero. */
export function readIsoDuration(text: string | null): number | null {
  const match = ISO_8601.exec(text ?? '');
  if (match === null) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return positiveMs(Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** "00:03:17" or "3:17", as the actor writes it, in milliseconds. */
export function readClockDuration(text: string | null): number | null {
  const match = CLOCK.exec(text ?? '');
  if (match === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return positiveMs(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

function positiveMs(seconds: number): number | null {
  return seconds > 0 ? seconds * 1000 : null;
}
