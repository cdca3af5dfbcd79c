import { DomainError } from '@clipmeter/core/domain-error';
import { z } from 'zod';

const LIMIT_MAX = 1_000_000;
const LIMIT_SENTENCE = `limit must be a whole number from 1 to ${LIMIT_MAX}.`;

const schema = z.strictObject({
  all: z.enum(['0', '1'], 'all must be 1, or be left out.').default('0'),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, LIMIT_SENTENCE)
    .transform(Number)
    .refine((limit) => limit <= LIMIT_MAX, LIMIT_SENTENCE)
    .nullable()
    .default(null),
});

/** What a round is asked for: every active clip or those that are due, and at most how many. */
export interface TrackingRoundInput {
  readonly everyClip: boolean;
  readonly clipsMax: number | null;
}

/**
 * Reads `?all=1&limit=500`.
 *
 * @throws DomainError INVALID_INPUT with one sentence that says what would be right
 */
export function parseTrackingRound(query: URLSearchParams): TrackingRoundInput {
  const names = [...query.keys()];
  const doubled = names.find((name, place) => names.indexOf(name) !== place);
  if (doubled === 'all' || doubled === 'limit') throw new DomainError('INVALID_INPUT', `Give ${doubled} only once.`);
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success) return { everyClip: parsed.data.all === '1', clipsMax: parsed.data.limit };
  const issue = parsed.error.issues[0];
  const sentence = issue?.code === 'unrecognized_keys' ? 'Only all and limit may be given.' : issue?.message;
  throw new DomainError('INVALID_INPUT', sentence ?? 'Only all and limit may be given.');
}
