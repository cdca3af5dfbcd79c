import { z } from 'zod';
import { platformSchema } from '#src/platform.ts';

/** Faults of the wire itself: one request goes wrong. */
export const WIRE_FAULTS = ['http_error', 'invalid_json', 'drop', 'accept_then_drop', 'invalid_input'] as const;
/** Faults of a run: it ends badly, or not at all. */
export const RUN_FAULTS = ['hang', 'failed', 'timed_out', 'aborted'] as const;
/** Faults of a dataset whose run SUCCEEDED. */
export const ITEM_FAULTS = [
  'empty',
  'no_items',
  'no_results',
  'not_found',
  'private_post',
  'private_profile',
  'empty_profile',
  'invalid_urls',
  'falling_counts',
  'null_counts',
  'negative_counts',
  'text_counts',
  'metric_switch',
  'missing_items',
  'shuffled',
  'duplicates',
  'mock_rows',
  'wrong_video',
] as const;
export const FAULT_KINDS = [...WIRE_FAULTS, ...RUN_FAULTS, ...ITEM_FAULTS] as const;

export type ItemFault = (typeof ITEM_FAULTS)[number];
export type FaultKind = (typeof FAULT_KINDS)[number];

/** The requests that a wire fault can hit; `direct` is the YouTube Data API. */
export const STAGES = ['start', 'run', 'items', 'list', 'input', 'direct'] as const;
export type Stage = (typeof STAGES)[number];

/** What it takes to break a platform; without `calls` and `probability` it stays broken until mended. */
export const newFaultSchema = z
  .object({
    platform: platformSchema,
    kind: z.enum(FAULT_KINDS),
    calls: z.number().int().positive().max(1_000_000).optional(),
    probability: z.number().min(0).max(1).optional(),
    /** http_error: the status and the platform's error type; each has a fitting default. */
    status: z.number().int().min(400).max(599).optional(),
    type: z.string().max(100).optional(),
    /** http_error, invalid_json and drop: the request to hit. `start` hits the YouTube Data API too. */
    at: z.enum([...STAGES, 'any']).default('start'),
    /** Item faults: the share of rows that are hit; all of them unless said (missing_items: half). */
    share: z.number().gt(0).max(1).optional(),
    /** invalid_input: a part of an address or id; only a start that asks for it is refused. Any start unless said. */
    match: z.string().min(1).max(200).optional(),
    /** invalid_input: whether the refusal quotes `match`. */
    named: z.boolean().optional(),
    /** metric_switch: the count that is left out; plays unless said. */
    metric: z.enum(['plays', 'views']).optional(),
  })
  .strict();

export type NewFault = z.input<typeof newFaultSchema>;

export const faultSchema = newFaultSchema.extend({ id: z.number().int(), hits: z.number().int() });
export type Fault = z.infer<typeof faultSchema>;

/** What Apify says and with which status, for each of its error types that a client must tell apart. */
export const APIFY_ERRORS: Record<string, { status: number; message: string }> = {
  'invalid-input': { status: 400, message: 'Input is not valid.' },
  'invalid-request-body': { status: 400, message: 'The request body is not valid JSON.' },
  'token-not-provided': { status: 401, message: 'Authentication token was not provided.' },
  'invalid-token': { status: 401, message: 'User was not found or authentication token is not valid.' },
  'not-enough-usage-to-run-paid-actor': {
    status: 402,
    message: 'By launching this job you would exceed your remaining usage. Please consider an upgrade.',
  },
  'platform-feature-disabled': { status: 402, message: 'Monthly usage hard limit exceeded.' },
  'actor-is-not-rented': {
    status: 402,
    message: 'You must rent a paid Actor in order to run it after its free trial has expired.',
  },
  'max-total-charge-usd-below-minimum': {
    status: 402,
    message: 'The maximum total charge is below the minimum charge of this Actor.',
  },
  'actor-memory-limit-exceeded': {
    status: 402,
    message: 'By launching this job you would exceed the memory limit of all your Actor runs and builds.',
  },
  'concurrent-runs-limit-exceeded': {
    status: 402,
    message: 'You have exceeded the number of concurrent Actor runs of your plan.',
  },
  'insufficient-permissions': { status: 403, message: 'Insufficient permissions for the Actor.' },
  'record-not-found': { status: 404, message: 'Record was not found.' },
  'actor-not-found': { status: 404, message: 'Actor was not found.' },
  'rate-limit-exceeded': { status: 429, message: 'You have exceeded the rate limit. Please try again later.' },
  'internal-error': { status: 500, message: 'Internal server error.' },
};
