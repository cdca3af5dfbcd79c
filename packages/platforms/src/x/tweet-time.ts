const TWEET_TIME = /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) ([A-Z][a-z]{2}) (\d{2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{4}) (\d{4})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Thu Sep 18 04:57:01 +0000 2025", as X writes instants; null for anything else. */
export function readTweetTime(text: string | null): Date | null {
  const match = TWEET_TIME.exec(text ?? '');
  if (match === null) return null;
  const [, monthName = '', day, time, zone = '', year] = match;
  const month = String(MONTHS.indexOf(monthName) + 1).padStart(2, '0');
  const instant = new Date(`${year}-${month}-${day}T${time}${zone.slice(0, 3)}:${zone.slice(3)}`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
