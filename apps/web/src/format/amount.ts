import { type Micros, parseMicros } from '@clipmeter/core/money';

/** A typed amount above zero, at most six decimals; null while it is none. */
export function amountOf(text: string): Micros | null {
  if (!/^\d{1,13}(\.\d{1,6})?$/.test(text)) return null;
  const amountMicros = parseMicros(text.replace(/^0+(?=\d)/, ''));
  return amountMicros > 0n ? amountMicros : null;
}
