import type { NumberValue } from '@clipmeter/ui/number-text';

/** A decimal of the API as the number components take it: the same digits, checked. */
export function decimal(text: string): NumberValue {
  if (!isDecimal(text)) throw new Error(`not a decimal: ${text}`);
  return text;
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}
