import { ApifyApiError } from 'apify-client';
import type { StartOutcome } from '#src/port.ts';

type StartFailure = Exclude<StartOutcome, { kind: 'started' }>;

/** Types of 402 that pass by themselves when other runs end. Every other 402 is about money. */
const WAITING_402 = new Set(['concurrent-runs-limit-exceeded', 'actor-memory-limit-exceeded']);

const CAPACITY_WAIT_MS = 60_000;
const RATE_LIMIT_WAIT_MS = 15_000;

/** The connection was never made, so the request cannot have arrived. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What a failed start means. Only a definite refusal is one: an error of the server, a cut connection, a timeout or an
 * unreadable answer may all hide a run that was started and is being paid for.
 */
export function classifyStartFailure(error: unknown): StartFailure {
  const reason = describeFailure(error);
  if (!(error instanceof ApifyApiError)) {
    return NEVER_SENT.has(codeOf(error)) ? { kind: 'failed', reason } : { kind: 'lost', reason };
  }
  const { statusCode, type = '' } = error;
  if (statusCode === 429) return { kind: 'throttled', retryAfterMs: RATE_LIMIT_WAIT_MS, reason };
  if (statusCode === 402 && WAITING_402.has(type)) return { kind: 'throttled', retryAfterMs: CAPACITY_WAIT_MS, reason };
  // Money, the token, the permission, the actor: nothing that comes back by itself.
  if ([401, 402, 403, 404].includes(statusCode)) return { kind: 'stopped', reason };
  // Refused for what was asked for, before anything was started: one bad address is enough for that.
  if (statusCode === 400 && type === 'invalid-input') return { kind: 'rejected', reason, suspects: [] };
  if (statusCode >= 400 && statusCode < 500 && statusCode !== 408) return { kind: 'failed', reason };
  return { kind: 'lost', reason };
}

/** An error in a few words for logs and admins: no stack, no address, no header. */
export function describeFailure(error: unknown): string {
  if (error instanceof ApifyApiError) {
    return `Apify answered ${error.statusCode} ${error.type ?? 'without a type'}: ${error.message}`.slice(0, 300);
  }
  if (!(error instanceof Error)) return 'Apify did not answer';
  const code = codeOf(error);
  return `Apify did not answer: ${code === '' ? error.message : code}`.slice(0, 300);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
