import { z } from 'zod';

/** More than any video has, by a factor of hundreds; what is above it is a fault of the sender, not a count. */
const COUNT_MAX = 10n ** 13n;

/**
 * A count as platforms send it: a JSON number or a string of digits. Everything that is not a definite whole number of
 * things (null, negative, fractional, "1.2M", NaN, absurdly large) is null, which means unknown and never zero.
 */
export function readCount(value: unknown): bigint | null {
  const count = wholeNumber(value);
  return count !== null && count >= 0n && count <= COUNT_MAX ? count : null;
}

function wholeNumber(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  if (typeof value === 'string') return /^\d{1,16}$/.test(value) ? BigInt(value) : null;
  return null;
}

/** A text with something in it, or null. Postgres cannot hold the character NUL. */
export function readText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replaceAll('\u0000', '').trim();
  return text === '' ? null : text;
}

/**
 * A platform's id. A JSON number is taken only while it is exact: the ids of TikTok and X are longer than that, and a
 * rounded id is somebody else's.
 */
export function readId(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  return readText(value);
}

/** An instant written as ISO 8601 with its time and zone; relative dates ("2 days ago") are null. */
export function readInstant(value: unknown): Date | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:?\d{2})$/.test(value)) return null;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** A duration in seconds as a number of milliseconds. Zero is what is sent for pictures and live streams: null. */
function readSeconds(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value * 1000) : null;
}

// Fields of an item. Each is read on its own and none can fail: one strange field must not cost the counts beside it.
export const wireCount = z.unknown().optional().transform(readCount);
export const wireText = z.unknown().optional().transform(readText);
export const wireId = z.unknown().optional().transform(readId);
export const wireInstant = z.unknown().optional().transform(readInstant);
export const wireSeconds = z.unknown().optional().transform(readSeconds);
