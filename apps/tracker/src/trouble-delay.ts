/** What a platform did instead of answering. */
export type Trouble =
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'failed' }
  | { readonly kind: 'stopped' };

const FAILED_BASE_MS = 5_000;
const FAILED_MAX_MS = 10 * 60_000;
const THROTTLED_MAX_MS = 60 * 60_000;
/** Nothing helps but a person; a try costs nothing, for it is refused before it is billed. */
const STOPPED_MS = 15 * 60_000;

/**
 * How long a platform is left alone after a trouble, given how many came before it in a row. A platform that says how
 * long to wait is believed, within an hour; a failure waits twice as long each time.
 */
export function troubleDelayMs(trouble: Trouble, failuresBefore: number): number {
  if (trouble.kind === 'stopped') return STOPPED_MS;
  const backoffMs = Math.min(FAILED_BASE_MS * 2 ** Math.min(failuresBefore, 16), FAILED_MAX_MS);
  if (trouble.kind === 'failed') return backoffMs;
  return Math.min(Math.max(trouble.retryAfterMs, 1_000), THROTTLED_MAX_MS);
}
