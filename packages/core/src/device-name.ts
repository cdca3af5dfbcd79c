/** The first that fits says what it is: most browsers claim to be several. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

/** Whether a hand or a desk holds it. */
export type DeviceKind = 'phone' | 'computer' | 'unknown';

/** What a user agent claims to be, in words: "Safari on iPhone". A claim and no more. */
export function deviceName(userAgent: string | null): { name: string; kind: DeviceKind } {
  const text = userAgent ?? '';
  const browser = firstOf(BROWSERS, text);
  const system = firstOf(SYSTEMS, text);
  if (browser === undefined && system === undefined) return { name: 'Unknown device', kind: 'unknown' };
  const kind = /iPhone|iPad|Android/.test(text) ? 'phone' : 'computer';
  if (browser === undefined || system === undefined) return { name: browser ?? system ?? '', kind };
  return { name: `${browser} on ${system}`, kind };
}

function firstOf(names: readonly (readonly [RegExp, string])[], text: string): string | undefined {
  return names.find(([pattern]) => pattern.test(text))?.[1];
}
