/** A number as it came: a decimal string keeps every digit, so money never passes through a float. */
export type NumberValue = number | `${number}`;

export type NumberKind = 'usd' | 'usd-whole' | 'usd-fine' | 'count';

// Cents are cut, never rounded up: a screen must not show a cent that is not there.
export const NUMBER_FORMATS: Record<NumberKind, Omit<Intl.NumberFormatOptions, 'notation'>> = {
  usd: { style: 'currency', currency: 'USD', roundingMode: 'trunc' },
  'usd-whole': { style: 'currency', currency: 'USD', roundingMode: 'trunc', trailingZeroDisplay: 'stripIfInteger' },
  // What a machine costs is often less than a cent.
  'usd-fine': { style: 'currency', currency: 'USD', roundingMode: 'trunc', maximumFractionDigits: 4 },
  count: { maximumFractionDigits: 0, roundingMode: 'trunc' },
};

const FORMATTERS: Record<NumberKind, Intl.NumberFormat> = {
  usd: new Intl.NumberFormat('en-US', NUMBER_FORMATS.usd),
  'usd-whole': new Intl.NumberFormat('en-US', NUMBER_FORMATS['usd-whole']),
  'usd-fine': new Intl.NumberFormat('en-US', NUMBER_FORMATS['usd-fine']),
  count: new Intl.NumberFormat('en-US', NUMBER_FORMATS.count),
};

/** The number in words of the page: "$1,234.50", "$10,000" (usd-whole, when it is whole), "12,345". */
export function numberText(value: NumberValue, kind: NumberKind): string {
  return FORMATTERS[kind].format(value);
}

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** For axes and other places that have room for few digits: "12.3K". */
export function compactText(value: number): string {
  return COMPACT.format(value);
}
