import { formatDecimal, type Micros, parseMicros } from '@clipmeter/core/money';

/** The one place where NUMERIC(20,6) becomes micros. Throws a DomainError if it is not a number of at most 6 places. */
export function microsFromNumeric(numeric: string): Micros {
  return parseMicros(numeric);
}

/** … where there may be none. */
export function microsFromNullable(numeric: string | null): Micros | null {
  return numeric === null ? null : parseMicros(numeric);
}

/** Micros as a NUMERIC(20,6) parameter: "12.340000". */
export function numericFromMicros(amountMicros: Micros): string {
  return formatDecimal(amountMicros);
}
